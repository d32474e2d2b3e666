"""Typed attribute values: how a stored value reads to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from subgraphs.products.domain.market import Market, text_in
from subgraphs.products.domain.records import AttributeRecord


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """A value with the definition that types it."""

    definition: AttributeRecord
    value: Any


def typed_values(
    values: Mapping[str, Any], definitions: Mapping[str, AttributeRecord], codes: Iterable[str] | None
) -> list[AttributeValue]:
    """The values whose attribute is defined, in the definitions' order; ``codes`` restricts them."""
    wanted = None if codes is None else set(codes)
    return [
        AttributeValue(definition, values[code])
        for code, definition in definitions.items()
        if code in values and (wanted is None or code in wanted)
    ]


def display_value(attribute: AttributeValue, language: str | None, market: Market) -> str:
    """The value as text: option labels for codes, the unit behind numbers, yes or no."""
    value, definition = attribute.value, attribute.definition
    match definition.type:
        case "SELECT" | "COLOR":
            return option_label(definition, str(value), language, market)
        case "MULTISELECT":
            return ", ".join(option_label(definition, str(code), language, market) for code in value)
        case "BOOLEAN":
            return text_in({"en": "Yes", "de": "Ja"} if value else {"en": "No", "de": "Nein"}, language, market) or ""
        case _:
            return f"{value} {definition.unit}" if definition.unit else str(value)


def option_label(definition: AttributeRecord, code: str, language: str | None, market: Market) -> str:
    """The label of an option; a code that is no longer an option reads as itself."""
    for option in definition.options:
        if option["code"] == code:
            return text_in(option["labels"], language, market) or code
    return code
