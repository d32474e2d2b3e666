"""Applies a fetch's rewrites to representations and results, in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from gateway.errors import ErrorPath
from gateway.executor.response_tree import JsonObject, find_objects
from gateway.query_plan import Key, RenameKey, Rewrite, SetValue


def apply_rewrites(value: JsonObject, rewrites: Sequence[Rewrite]) -> None:
    """Change ``value`` by each rewrite in order; a path that is not there is left alone."""
    for rewrite in rewrites:
        _apply(value, rewrite)


def _apply(value: JsonObject, rewrite: Rewrite) -> None:
    match rewrite.path:
        case (*parents, Key(name)):
            holders = [place.value for place in find_objects(value, tuple(parents))]
        case _:
            return
    for holder in holders:
        match rewrite:
            case SetValue():
                holder[name] = rewrite.value
            case RenameKey():
                if name in holder:
                    holder[rewrite.new_name] = holder.pop(name)
            case _:
                assert_never(rewrite)


def rewrite_error_path(path: ErrorPath, rewrites: Sequence[Rewrite]) -> ErrorPath:
    """The path of a subgraph's error with the names that the tree has after ``rewrites``."""
    steps = list(path)
    for rewrite in rewrites:
        if isinstance(rewrite, RenameKey):
            names = [step.name for step in rewrite.path if isinstance(step, Key)]
            positions = [index for index, step in enumerate(steps) if isinstance(step, str)][: len(names)]
            if names and [steps[index] for index in positions] == names:
                steps[positions[-1]] = rewrite.new_name
    return tuple(steps)
