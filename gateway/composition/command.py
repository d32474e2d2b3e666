"""``python -m gateway compose``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from gateway.composition.collection import paused_collection
from gateway.composition.compose import Composition, compose
from gateway.composition.config import read_config
from gateway.composition.errors import INVALID_CONFIG, CompositionError
from gateway.composition.problems import Problems
from gateway.composition.sources import read_sources


def run(args: argparse.Namespace) -> int:
    """Compose what ``args.config`` names. ``args``: config, output (None for standard output), json.

    Exit status 1 when there are errors; the output is written only when there are none.
    """
    with paused_collection():
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    outcome = _compose(Path(args.config))
    if outcome.supergraph is not None and args.output is not None:
        outcome = _write(outcome, Path(args.output))
    if args.json:
        sys.stdout.write(json.dumps(report(outcome), ensure_ascii=False) + "\n")
    else:
        sys.stderr.write("".join(f"{line}\n" for line in _lines(outcome)))
        if outcome.supergraph is not None and args.output is None:
            sys.stdout.write(outcome.supergraph.text)
    return 0 if outcome.supergraph is not None else 1


def _compose(path: Path) -> Composition:
    config = read_config(path, os.environ)
    problems = Problems(list(config.errors))
    sources = read_sources(config.subgraphs, problems)
    if problems.errors:
        return Composition(None, tuple(problems.errors), ())
    return compose(sources)


def _write(outcome: Composition, path: Path) -> Composition:
    assert outcome.supergraph is not None
    try:
        path.write_text(outcome.supergraph.text, "utf-8")
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}."
        return Composition(None, (CompositionError(INVALID_CONFIG, message),), outcome.hints)
    return outcome


def report(outcome: Composition) -> dict[str, Any]:
    """The outcome as JSON: success, supergraph, errors with their places, hints."""
    return {
        "success": outcome.supergraph is not None,
        "supergraph": outcome.supergraph.text if outcome.supergraph is not None else None,
        "errors": [error.to_json() for error in outcome.errors],
        "hints": [{"code": hint.code, "message": hint.message} for hint in outcome.hints],
    }


def _lines(outcome: Composition) -> list[str]:
    """Errors and hints for people, each with the places it is about."""
    lines: list[str] = []
    for error in outcome.errors:
        lines.append(f"error {error.code.name}: {error.message}")
        lines += [f"  at {place.subgraph}:{place.line}:{place.column}" for place in error.locations]
    lines += [f"hint {hint.code}: {hint.message}" for hint in outcome.hints]
    if outcome.errors:
        lines.append(f"{len(outcome.errors)} error(s): no supergraph was composed.")
    return lines
