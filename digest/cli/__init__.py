"""The command line: words and exit codes; no logic."""

from __future__ import annotations

import signal

import click

from digest import __version__
from digest.cli.build import build_command, check_command
from digest.cli.claims import explain_command, export_group
from digest.cli.start import init, new

_EPILOG = """
\b
Shell completion:
  bash   eval "$(_DIGEST_COMPLETE=bash_source digest)"
  zsh    eval "$(_DIGEST_COMPLETE=zsh_source digest)"
  fish   _DIGEST_COMPLETE=fish_source digest | source

Exit status: 0 all is well; 1 problems in the content or output; 2 wrong use; 130 stopped with Ctrl-C.
"""


class _Commands(click.Group):
    """Commands that Ctrl-C stops without more words than needed, with the status that shells expect."""

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
      digest build              the site, in site/
    """


for command in (init, new, build_command, check_command, explain_command, export_group):
    main.add_command(command)
