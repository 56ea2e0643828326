"""The command line: words and exit codes; no logic."""

from __future__ import annotations

import signal
from pkgutil import resolve_name

import click

from digest import __version__

_EPILOG = """
\b
Shell completion:
  bash   eval "$(_DIGEST_COMPLETE=bash_source digest)"
  zsh    eval "$(_DIGEST_COMPLETE=zsh_source digest)"
  fish   _DIGEST_COMPLETE=fish_source digest | source

Exit status: 0 all is well; 1 problems in the content or output; 2 wrong use; 130 stopped with Ctrl-C.
"""


_SECTIONS = {
    "From the first day": {
        "init": ("start:init", "Make a new digest."),
        "new": ("start:new", "Start an article."),
        "build": ("build:build_command", "Build the site."),
        "serve": ("serve:serve_command", "See the site in the browser while you write."),
        "check": ("check:check_command", "Find every problem, and repair what can be proved."),
        "publish": ("publish:publish_command", "Bring the site to where readers find it."),
    },
    "Writing": {
        "add-source": ("add:add_source", "Add a source to the registry."),
        "add-statement": ("add:add_statement", "Add what a source says about a claim."),
        "fmt": ("fmt:fmt_command", "Bring front matter into its normal form."),
        "schema": ("schema:schema_command", "Print JSON Schemas, for editors."),
    },
    "Bringing news in": {
        "import": ("imports:import_command", "Turn texts, feeds, pages, mails and other sites into drafts."),
    },
    "Asking": {
        "explain": ("claims:explain_command", "Say why a claim has its label."),
        "export": ("claims:export_group", "Give out claims and labels as data."),
    },
    "After publishing": {
        "releases": ("releases:releases_command", "List what was published."),
        "rollback": ("releases:rollback_command", "Take a publish back."),
        "schedule": ("releases:schedule_command", "Say when the site would change by itself."),
    },
}
"""Where each command is, and what it is for in a line, in the order in which a newcomer needs them."""
_COMMANDS = {name: place for section in _SECTIONS.values() for name, (place, _) in section.items()}


class _Commands(click.Group):
    """Loads a command when it is called: nobody waits for what another one needs. Ctrl-C stops it without more words
    than needed, with the status that shells expect."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's)
        """All names, in the order in which they are of use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's)
        """The command of a name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = resolve_name(f"digest.cli.{_COMMANDS[cmd_name]}")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's)
        """The commands by what they are for; none need be loaded for that."""
        width = max(map(len, _COMMANDS))
        for title, section in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:{width}}", line) for name, (_, line) in section.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nstopped", err=True)
            ctx.exit(128 + signal.SIGINT)


@click.group(
    cls=_Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="digest")
def main() -> None:
    """Turn a folder of news items into a dated, linkable site in which every claim says who made it and how far it
    is verified.

    \b
    Begin:
      digest init my-digest     a new digest that builds at once
      cd my-digest
      digest new "A headline"   an article to fill in
      digest serve              see it in the browser while you write
      digest build              the site, in site/
    """
