"""From criteria to the searches of one ``multi_search``: the main one and one per selected facet.

Facets are disjunctive: a facet that restricts the result is counted in a search of its own, without its clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from subgraphs.products.search.criteria import SearchCriteria
from subgraphs.products.search.fields import PRICE, FacetSpec
from subgraphs.products.search.filters import clauses, conjunction, visibility_clause

MARK_START: Final = "\ue000"
MARK_END: Final = "\ue001"
"""Private-use characters around a match: the text between can be escaped before they become mark-up."""

FACET_VALUES: Final = 250
"""Values counted per facet; the client's ``maxValues`` cuts further."""

_QUERY_BY: Final = {"name": 6, "brand": 4, "keywords": 3, "skus": 3, "description": 1}
_SORT: Final[Mapping[str, tuple[str, str]]] = {
    "RELEVANCE": ("_text_match", "desc"),
    "PRICE": (PRICE, "asc"),
    "NAME": ("name", "asc"),
    "NEWEST": ("published_at", "desc"),
    "RATING": ("rating_order", "desc"),
    "BEST_SELLING": ("sales_score", "desc"),
}
_OPPOSITE: Final = {"asc": "desc", "desc": "asc"}


@dataclass(frozen=True, slots=True)
class Demand:
    """What the client selected: a window of hits (limit 0 for none) and the facets to count."""

    offset: int = 0
    limit: int = 0
    facets: tuple[FacetSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """The searches to send: first the main one, whose total counts, then the others.

    The hits of ``window_places``, one after the other, contain the window from ``skip`` on; ``facet_places`` says
    which search counts which facet.
    """

    searches: tuple[Mapping[str, Any], ...]
    window_places: tuple[int, ...]
    skip: int
    limit: int
    facet_places: Mapping[str, int]


def plan_searches(
    alias: str, criteria: SearchCriteria, demand: Demand, facets: Mapping[str, FacetSpec], now: datetime
) -> SearchPlan:
    """The searches that answer ``demand``. Raises BadUserInput."""
    forced = [visibility_clause(now), *clauses(criteria.within, facets).values()]
    selected = clauses(criteria.filter, facets)
    base = _base(alias, criteria)
    apart = [spec for spec in demand.facets if spec.code in selected]
    together = [spec for spec in demand.facets if spec.code not in selected]
    filtered = {**base, "filter_by": conjunction([*forced, *selected.values()])}
    pages, skip = _pages(demand)
    main, *rest = ({**filtered, **page} for page in pages)
    siblings = [
        {
            **base,
            "filter_by": conjunction([*forced, *(part for code, part in selected.items() if code != spec.code)]),
            "per_page": 0,
            **_counting([spec]),
        }
        for spec in apart
    ]
    places = {spec.code: 0 for spec in together} | {spec.code: place for place, spec in enumerate(apart, len(pages))}
    return SearchPlan(
        searches=({**main, **_counting(together)}, *rest, *siblings),
        window_places=tuple(range(len(pages))),
        skip=skip,
        limit=demand.limit,
        facet_places=places,
    )


def _pages(demand: Demand) -> tuple[list[dict[str, int]], int]:
    """The engine's pages that contain the window, and where in them it begins.

    It knows pages, not offsets: a window that begins inside one spans two of its own size.
    """
    if demand.limit == 0:
        return [{"per_page": 0}], 0
    number, skip = divmod(demand.offset, demand.limit)
    numbers = (number + 1, number + 2) if skip else (number + 1,)
    return [{"page": each, "per_page": demand.limit} for each in numbers], skip


def _base(alias: str, criteria: SearchCriteria) -> dict[str, Any]:
    return {
        "collection": alias,
        "q": criteria.query or "*",
        "query_by": ",".join(_QUERY_BY),
        "query_by_weights": ",".join(map(str, _QUERY_BY.values())),
        "num_typos": "2,1,1,0,1",
        "prefix": "true,true,true,true,false",
        "sort_by": _sort_by(criteria),
        "include_fields": "id",
        "highlight_fields": "name,brand,description,keywords",
        "highlight_start_tag": MARK_START,
        "highlight_end_tag": MARK_END,
    }


def _sort_by(criteria: SearchCriteria) -> str:
    """PRICE and NAME sort by value; the others are rankings, whose ascending order begins with the best."""
    field, direction = _SORT[criteria.sort]
    if criteria.descending:
        direction = _OPPOSITE[direction]
    tie_breakers = ("ordinal:asc",) if field == "sales_score" else ("sales_score:desc", "ordinal:asc")
    return ",".join((f"{field}:{direction}", *tie_breakers))


def _counting(specs: Sequence[FacetSpec]) -> dict[str, Any]:
    if not specs:
        return {}
    return {"facet_by": ",".join(spec.field for spec in specs), "max_facet_values": FACET_VALUES}
