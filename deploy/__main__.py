"""``python -m deploy up|down|status|reseed``: what the Makefile calls. Settings come from the environment."""

from __future__ import annotations

import argparse
import sys

from deploy import commands
from deploy.errors import StackError
from deploy.settings import load_settings


def main(arguments: list[str]) -> int:
    """Run one command; problems are one line on standard error and exit status 1."""
    parser = argparse.ArgumentParser(prog="python -m deploy", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", required=True)
    up = subparsers.add_parser("up", help="start engines, subgraphs and gateway")
    up.add_argument("--detach", action="store_true", help="return when all is healthy")
    subparsers.add_parser("down", help="stop everything")
    subparsers.add_parser("status", help="health, ports and memory of each part")
    subparsers.add_parser("reseed", help="replace the demo data (CATALOG_SIZE)")
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
        match options.command:
            case "up" if options.detach:
                return commands.up_detached(settings)
            case "up":
                commands.up(settings)
            case "down":
                commands.down(settings)
            case "reseed":
                commands.reseed(settings)
            case _:
                return commands.status(settings)
    except StackError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
