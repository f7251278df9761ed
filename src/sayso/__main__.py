"""``python -m sayso``: the command line."""

from sayso.cli import run

if __name__ == "__main__":
    run()
