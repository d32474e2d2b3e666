"""Facets as clients see them: labelled, marked, cut, and each value with the filter that selects it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shared.money import Money
from subgraphs.products.domain.attributes import option_label
from subgraphs.products.domain.market import BASE_CURRENCY, Market, text_in
from subgraphs.products.domain.records import BrandRecord, CategoryRecord, CollectionRecord
from subgraphs.products.search.answers import FacetCounts
from subgraphs.products.search.criteria import SearchCriteria, SearchFilter
from subgraphs.products.search.fields import FacetSpec


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value; ``input`` is a ProductSearchFilter to merge into the present one."""

    value: str
    label: str
    count: int
    selected: bool
    input: Mapping[str, Any]
    children: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetStats:
    """Least and greatest value among the results; prices are amounts of the base currency."""

    min: Decimal
    max: Decimal


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet that applies to the result."""

    code: str
    label: str
    type: str
    values: tuple[FacetValue, ...]
    stats: FacetStats | None


@dataclass(frozen=True, slots=True)
class FacetNames:
    """The entities whose ids are facet values, by id; categories with all their ancestors."""

    categories: Mapping[str, CategoryRecord]
    collections: Mapping[str, CollectionRecord]
    brands: Mapping[str, BrandRecord]


def present_facet(
    spec: FacetSpec, counts: FacetCounts, criteria: SearchCriteria, names: FacetNames, *, max_values: int
) -> Facet | None:
    """The facet, None where it does not apply to the result."""
    market = Market(language=criteria.language)
    selected = selected_values(spec, criteria.filter)
    label = text_in(spec.labels, None, market) or spec.code
    if spec.kind == "RANGE":
        stats = _stats(spec, counts)
        return Facet(spec.code, label, spec.kind, (), stats) if stats else None
    tally = {**dict.fromkeys(selected, 0), **counts.values}
    if spec.code == "category":
        values = _category_tree(tally, selected, criteria, names, max_values)
    else:
        values = tuple(
            FacetValue(
                value, _label(spec, value, names, market), count, value in selected, _selecting_input(spec, value)
            )
            for value, count in _cut(spec, tally, selected, max_values)
        )
    return Facet(spec.code, label, spec.kind, values, None) if values else None


def selected_values(spec: FacetSpec, chosen: SearchFilter) -> frozenset[str]:
    """The facet's values that the filter names."""
    match spec.code:
        case "category":
            values: Iterable[str] = chosen.category_ids or ()
        case "collection":
            values = chosen.collection_ids or ()
        case "brand":
            values = chosen.brand_ids or ()
        case "tag":
            values = chosen.tags or ()
        case "inStock":
            values = () if chosen.in_stock is None else (_flag(chosen.in_stock),)
        case "onSale":
            values = () if chosen.on_sale is None else (_flag(chosen.on_sale),)
        case _:
            values = (v for item in chosen.attributes if item.code == spec.code for v in item.values or ())
    return frozenset(values)


def _selecting_input(spec: FacetSpec, value: str) -> Mapping[str, Any]:
    match spec.code:
        case "category":
            return {"categoryIds": [value]}
        case "collection":
            return {"collectionIds": [value]}
        case "brand":
            return {"brandIds": [value]}
        case "tag":
            return {"tags": [value]}
        case "inStock" | "onSale":
            return {spec.code: value == "true"}
        case _:
            return {"attributes": [{"code": spec.code, "in": [value]}]}


def _cut(
    spec: FacetSpec, tally: Mapping[str, int], selected: frozenset[str], max_values: int
) -> Sequence[tuple[str, int]]:
    """The most frequent values and the selected ones; options in their own order, all else by frequency."""
    by_count = sorted(tally.items(), key=lambda item: (item[0] not in selected, -item[1], item[0]))[:max_values]
    if spec.attribute is None or not spec.attribute.options:
        return sorted(by_count, key=lambda item: (-item[1], item[0]))
    places = {option["code"]: place for place, option in enumerate(spec.attribute.options)}
    return sorted(by_count, key=lambda item: (places.get(item[0], len(places)), item[0]))


def _label(spec: FacetSpec, value: str, names: FacetNames, market: Market) -> str:
    if spec.kind == "BOOLEAN":
        return text_in({"en": "Yes", "de": "Ja"} if value == "true" else {"en": "No", "de": "Nein"}, None, market) or ""
    if spec.attribute is not None:
        return option_label(spec.attribute, value, None, market)
    if spec.code == "brand" and value in names.brands:
        return names.brands[value].name
    if spec.code == "collection" and value in names.collections:
        return text_in(names.collections[value].names, None, market) or value
    return value


def _category_tree(
    tally: Mapping[str, int],
    selected: frozenset[str],
    criteria: SearchCriteria,
    names: FacetNames,
    max_values: int,
) -> tuple[FacetValue, ...]:
    """Counted categories as a tree: below the page's own category, else from the roots."""
    market = Market(language=criteria.language)
    children: dict[str | None, list[CategoryRecord]] = {}
    for key in tally:
        if key in names.categories:
            category = names.categories[key]
            children.setdefault(category.parent_id, []).append(category)

    def branch(parent_id: str | None) -> tuple[FacetValue, ...]:
        ordered = sorted(children.get(parent_id, ()), key=lambda c: (-tally[c.id], c.position, c.id))
        return tuple(
            FacetValue(
                category.id,
                text_in(category.names, None, market) or category.slug,
                tally[category.id],
                category.id in selected,
                {"categoryIds": [category.id]},
                branch(category.id),
            )
            for category in ordered[:max_values]
        )

    starts: Sequence[str | None] = criteria.within.category_ids or (None,)
    return tuple(value for start in starts for value in branch(start))


def _stats(spec: FacetSpec, counts: FacetCounts) -> FacetStats | None:
    if counts.least is None or counts.greatest is None or not counts.values:
        return None
    return FacetStats(_stat(spec, counts.least), _stat(spec, counts.greatest))


def _stat(spec: FacetSpec, value: float) -> Decimal:
    if spec.code == "price":
        return Money(round(value), BASE_CURRENCY).amount
    return Decimal(f"{value:.6g}")


def _flag(value: bool) -> str:
    return "true" if value else "false"
