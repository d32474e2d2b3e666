"""How an answer may differ from the monolith's where subgraphs fail: as little as no gateway can do better."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_TOLD: Final = " of {"


def is_part_of(data: Any, whole: Any) -> bool:
    """Whether ``data`` is ``whole`` with nulls in some places."""
    match data, whole:
        case None, _:
            return True
        case dict(), dict():
            return list(data) == list(whole) and all(is_part_of(data[key], whole[key]) for key in data)
        case list(), list():
            return len(data) == len(whole) and all(is_part_of(*pair) for pair in zip(data, whole, strict=True))
        case _:
            return bool(data == whole)


def is_told_of_nulls(data: Any, whole: Any) -> bool:
    """Whether ``data`` is ``whole``, but for fields with ``@requires`` that were told of an object that is null.

    They show what they were given (``computed_value``). A null in the place of an object or a list is excused when
    another field of the same object of the answer is null at that place: the subgraph that has both nulled it, in the
    one fetch that reads it for the client and for the requirement.
    """
    match data, whole:
        case dict(), dict():
            return list(data) == list(whole) and all(
                is_told_of_nulls(data[key], whole[key]) or _is_excused(data, data[key], whole[key]) for key in data
            )
        case list(), list():
            return len(data) == len(whole) and all(is_told_of_nulls(*pair) for pair in zip(data, whole, strict=True))
        case _:
            return bool(data == whole)


def _is_excused(answer: dict[str, Any], told: Any, right: Any) -> bool:
    given, due = _told_values(told), _told_values(right)
    if given is None or due is None or given[0] != due[0]:
        return False
    nulled = list(_nulled(given[1], due[1], ()))
    return None not in nulled and all(
        any(_is_null_at(value, path[1:]) for value in answer.values()) for path in nulled if path is not None
    )


def _told_values(text: Any) -> tuple[str, Any] | None:
    """The field's name and the values that it shows."""
    if not isinstance(text, str) or _TOLD not in text:
        return None
    name, _, values = text.partition(_TOLD)
    return name, json.loads("{" + values)


def _nulled(given: Any, due: Any, path: Path) -> Iterator[Path | None]:
    """Where an object or a list is null in ``given``; None for every other difference."""
    match given, due:
        case None, dict() | list():
            yield path
        case dict(), dict() if list(given) == list(due):
            for key in given:
                yield from _nulled(given[key], due[key], (*path, key))
        case list(), list() if len(given) == len(due):
            for index, pair in enumerate(zip(given, due, strict=True)):
                yield from _nulled(*pair, (*path, index))
        case _ if given != due:
            yield None


def _is_null_at(value: Any, path: Path) -> bool:
    """Whether ``path``, or what it leads through, is null; clients may have given the fields on it any names."""
    if value is None:
        return True
    if not path:
        return False
    step, rest = path[0], path[1:]
    inside: Iterable[Any] = ()
    if isinstance(step, int):
        inside = value[step : step + 1] if isinstance(value, list) else ()
    elif isinstance(value, dict):
        inside = value.values()
    return any(_is_null_at(each, rest) for each in inside)
