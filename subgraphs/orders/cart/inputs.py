"""The values that cart mutations work with, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from shared.ids import has_prefix
from shared.money import is_currency_code
from subgraphs.orders.errors import OrderErrorCode, OrderFailure, OrderProblem, failure

MAX_LINES: Final = 100
MAX_QUANTITY: Final = 10_000
MAX_TEXT: Final = 200
MAX_NOTE: Final = 2_000
MAX_ATTRIBUTES: Final = 20
_EMAIL: Final = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,189}\.[^@\s\x00-\x1f.]{2,63}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS_FIELDS: Final = ("name", "company", "line_1", "line_2", "city", "region", "postal_code", "country", "phone")
_REQUIRED_FIELDS: Final = ("name", "line_1", "city", "country")


@dataclass(frozen=True, slots=True)
class LineToAdd:
    """``quantity`` more units of a variant; the same variant with the same attributes is one line."""

    variant_id: str
    quantity: int
    attributes: tuple[tuple[str, str], ...]

    @property
    def attributes_key(self) -> str:
        """The same text for the same attributes."""
        return msgspec.json.encode(sorted(self.attributes)).decode() if self.attributes else ""


@dataclass(frozen=True, slots=True)
class LineToUpdate:
    """A new quantity (0 removes the line); ``attributes`` None keeps them."""

    line_id: str
    quantity: int
    attributes: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, from where; None leaves a value as it is."""

    email: str | None = None
    country: str | None = None
    currency: str | None = None
    language: str | None = None


def lines_to_add(given: Sequence[Mapping[str, Any]]) -> list[LineToAdd]:
    """Checked lines. Raises OrderFailure naming each bad one."""
    problems: list[OrderProblem] = []
    lines: list[LineToAdd] = []
    for index, line in enumerate(given):
        path = ("lines", str(index))
        if not has_prefix(line["variant_id"], "var"):
            problems.append(OrderProblem(OrderErrorCode.NOT_FOUND, "There is no such variant.", (*path, "variantId")))
        if not 1 <= line["quantity"] <= MAX_QUANTITY:
            problems.append(_bad_quantity(path, 1))
        lines.append(LineToAdd(line["variant_id"], line["quantity"], _attributes(line.get("attributes"))))
    if problems:
        raise OrderFailure(problems)
    return lines


def lines_to_update(given: Sequence[Mapping[str, Any]]) -> list[LineToUpdate]:
    """Checked updates. Raises OrderFailure naming each bad one."""
    problems = [
        _bad_quantity(("lines", str(index)), 0)
        for index, line in enumerate(given)
        if not 0 <= line["quantity"] <= MAX_QUANTITY
    ]
    if problems:
        raise OrderFailure(problems)
    return [
        LineToUpdate(
            line["line_id"],
            line["quantity"],
            None if line.get("attributes") is None else _attributes(line["attributes"]),
        )
        for line in given
    ]


def buyer(given: Mapping[str, Any], *path: str) -> Buyer:
    """Checked buyer. Raises OrderFailure."""
    checks = (
        ("email", lambda text: len(text) <= 254 and _EMAIL.fullmatch(text), "The e-mail address is malformed."),
        ("country", _COUNTRY.fullmatch, "A country is two capital letters (ISO 3166-1)."),
        ("currency", is_currency_code, "A currency is three capital letters (ISO 4217)."),
        ("language", lambda text: len(text) <= 35 and _LANGUAGE.fullmatch(text), "A language is a BCP 47 tag."),
    )
    problems = [
        OrderProblem(OrderErrorCode.INVALID, message, (*path, name))
        for name, check, message in checks
        if given.get(name) is not None and not check(given[name])
    ]
    if problems:
        raise OrderFailure(problems)
    return Buyer(**{name: given.get(name) for name, _, _ in checks})


def address(given: Mapping[str, Any], *path: str) -> dict[str, Any]:
    """A checked address, ready to store. Raises OrderFailure naming each bad field."""
    kept = {name: (given.get(name) or "").strip() or None for name in _ADDRESS_FIELDS}
    problems = [
        OrderProblem(OrderErrorCode.ADDRESS_INVALID, f"An address needs a {name.replace('_', ' ')}.", (*path, name))
        for name in _REQUIRED_FIELDS
        if kept[name] is None
    ]
    problems += [
        OrderProblem(
            OrderErrorCode.ADDRESS_INVALID,
            f"{name.replace('_', ' ')} is longer than {MAX_TEXT} characters.",
            (*path, name),
        )
        for name, value in kept.items()
        if value is not None and len(value) > MAX_TEXT
    ]
    if kept["country"] is not None and not _COUNTRY.fullmatch(kept["country"]):
        message = "A country is two capital letters (ISO 3166-1)."
        problems.append(OrderProblem(OrderErrorCode.ADDRESS_INVALID, message, (*path, "country")))
    if problems:
        raise OrderFailure(problems)
    return kept


def note(text: str | None) -> str | None:
    """A checked note. Raises OrderFailure."""
    if text is not None and len(text) > MAX_NOTE:
        raise failure(OrderErrorCode.INVALID, f"A note has at most {MAX_NOTE} characters.", "note")
    return text or None


def _attributes(given: Sequence[Mapping[str, str]] | None) -> tuple[tuple[str, str], ...]:
    pairs = tuple((pair["key"], pair["value"]) for pair in given or ())
    if len(pairs) > MAX_ATTRIBUTES or any(len(key) > MAX_TEXT or len(value) > MAX_TEXT for key, value in pairs):
        raise failure(OrderErrorCode.INVALID, "There are too many or too long attributes.", "lines")
    return pairs


def _bad_quantity(path: tuple[str, ...], least: int) -> OrderProblem:
    message = f"A quantity is between {least} and {MAX_QUANTITY}."
    return OrderProblem(OrderErrorCode.INVALID, message, (*path, "quantity"))
