"""`python -m digest`: the same as the `digest` command."""

import os
import signal
import sys


def run() -> None:
    """The command line, with what Ctrl-C has to say while it is still being loaded."""
    _speak_utf_8()
    try:
        from digest.cli import main  # noqa: PLC0415 (takes the most of the time of a short command)

        main()
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _speak_utf_8() -> None:
    """Begin again where a locale gives names of files another encoding, so that sites are the same in all of them."""
    if sys.getfilesystemencoding() != "utf-8" and "utf8" not in sys._xoptions:  # noqa: SLF001 (its documented name)
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 (this command)


if __name__ == "__main__":
    run()
