"""`python -m digest`: the same as the `digest` command."""

import signal
import sys


def run() -> None:
    """The command line, with what Ctrl-C has to say while it is still being loaded."""
    try:
        from digest.cli import main  # noqa: PLC0415 (takes the most of the time of a short command)

        main()
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    run()
