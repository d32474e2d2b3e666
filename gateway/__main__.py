"""``python -m gateway``: composes, plans, serves. Each command imports only what it needs."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

_COMMANDS = {
    "compose": "gateway.composition.command",
    "plan": "gateway.stage_printer.command",
    "serve": "gateway.serve.command",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    args = _parser().parse_args(arguments)
    command = importlib.import_module(_COMMANDS[args.command])
    status: int = command.run(args)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gateway", description="A GraphQL federation gateway.")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_compose(commands.add_parser("compose", help="compose subgraphs into a supergraph"))
    _add_plan(commands.add_parser("plan", help="show the query plan of an operation"))
    _add_serve(commands.add_parser("serve", help="serve a supergraph"))
    return parser


def _add_compose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", required=True, help="supergraph.yaml, which names the subgraphs")
    parser.add_argument("--output", help="file to write the supergraph to (default: standard output)")
    parser.add_argument("--json", action="store_true", help="print supergraph, errors and hints as JSON")


def _add_plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--supergraph", required=True, help="file with the supergraph's SDL")
    parser.add_argument("--operation", required=True, help="file with the operation's document")
    parser.add_argument("--operation-name", help="which operation of the document (default: its only one)")
    parser.add_argument("--json", action="store_true", help="print the plan as JSON")
    parser.add_argument("--stage", help="print another stage than the plan: graph, normalized operation, …")


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", help="gateway.yaml")
    parser.add_argument("--supergraph", help="file or URL of the supergraph's SDL")
    parser.add_argument("--host", help="address to listen on")
    parser.add_argument("--port", type=int, help="port to listen on")
    parser.add_argument("--workers", type=int, help="number of processes")


if __name__ == "__main__":
    sys.exit(main())
