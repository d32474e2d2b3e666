"""``python -m schema export|compose|check``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from schema.checks import check_subgraph
from schema.checks.report import as_json, as_text
from schema.export import ExportFailed, composed_text, drifted_files, exported_sdls, rendered_files, write_files
from schema.published import PublishedSchema, UnknownSubgraph

EXIT_OK, EXIT_FAILED, EXIT_USAGE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status. What goes wrong is told on stderr, a line per reason."""
    options = _parser().parse_args(arguments)
    published = PublishedSchema()
    try:
        match options.command:
            case "export":
                return _publish(published, exported_sdls(), check=options.check)
            case "compose":
                return _compose(published)
            case _:
                return _check(published, options.subgraph, options.file, json_output=options.json)
    except ExportFailed as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command's output
        return EXIT_FAILED
    except (UnknownSubgraph, OSError, UnicodeDecodeError) as error:
        print(f"schema {options.command}: {error}", file=sys.stderr)  # noqa: T201
        return EXIT_USAGE


def _publish(published: PublishedSchema, sdls: dict[str, str], *, check: bool) -> int:
    files = rendered_files(published, sdls)
    if not check:
        write_files(files)
        return EXIT_OK
    drifted = drifted_files(files)
    for file in drifted:
        print(f"{file.name} is not what the code says; run: python -m schema export", file=sys.stderr)  # noqa: T201
    return EXIT_FAILED if drifted else EXIT_OK


def _compose(published: PublishedSchema) -> int:
    write_files({published.supergraph_file: composed_text(published.sdls())})
    return EXIT_OK


def _check(published: PublishedSchema, subgraph: str, file: Path, *, json_output: bool) -> int:
    result = check_subgraph(published.sdls(), subgraph, file.read_text(encoding="utf-8"))
    output = json.dumps(as_json(result), indent=2, ensure_ascii=False) if json_output else as_text(result)
    print(output)  # noqa: T201 - the command's output
    return EXIT_OK if result.passed else EXIT_FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m schema", description="The published schema of the platform.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    export = commands.add_parser("export", help="write the subgraphs' SDLs and the supergraph composed of them")
    export.add_argument("--check", action="store_true", help="write nothing; fail where the files differ")
    commands.add_parser("compose", help="compose the published SDLs again")
    check = commands.add_parser("check", help="compare a proposed subgraph SDL with the published one")
    check.add_argument("subgraph", metavar="SUBGRAPH", help="the subgraph's name")
    check.add_argument("file", metavar="FILE", type=Path, help="the proposed SDL")
    check.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
