"""`python -m digest`: the command line without the installed script."""

from digest.cli import main

if __name__ == "__main__":
    main()
