"""Typesense's answers read into values: hits with escaped highlights, facet counts, the corrected query."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from subgraphs.products.search.requests import MARK_END, MARK_START, SearchPlan

_KEYWORDS: Final = "keywords"

# Typesense packs its ranks into 60 bits; as such a number a score would not survive clients that read JSON as doubles.
_SCORE_UNIT: Final = 2**60
"""Highlighted only to learn which words matched: it is no text that a shopper sees."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A piece of a field's text, HTML-escaped, with the matches in ``<mark>``."""

    field: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A product that was found; ``score`` is comparable within one search only."""

    product_id: str
    score: float | None = None
    highlights: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How many products have each value, and the least and greatest of a numeric field."""

    values: Mapping[str, int]
    least: float | None = None
    greatest: float | None = None


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What the engine, or the fallback, found; ``facets`` by code. ``took_ms`` is the engine's own time."""

    hits: tuple[Hit, ...]
    total: int
    took_ms: int
    facets: Mapping[str, FacetCounts] = field(default_factory=dict)
    corrected_query: str | None = None
    degraded: bool = False


def read_answer(
    query: str, plan: SearchPlan, responses: Sequence[Mapping[str, Any]], fields_of: Mapping[str, str]
) -> SearchAnswer:
    """The answer to ``plan``; ``fields_of`` gives each counted facet's field."""
    hits = [hit for place in plan.window_places for hit in responses[place]["hits"]]
    window = hits[plan.skip : plan.skip + plan.limit]
    return SearchAnswer(
        hits=tuple(_hit(hit) for hit in window),
        total=responses[0]["found"],
        took_ms=sum(response["search_time_ms"] for response in responses),
        facets={code: _counts(responses[place], fields_of[code]) for code, place in plan.facet_places.items()},
        corrected_query=_corrected(query, window),
    )


def _hit(hit: Mapping[str, Any]) -> Hit:
    score = hit.get("text_match")
    return Hit(
        product_id=hit["document"]["id"],
        score=round(score / _SCORE_UNIT, 6) if score is not None else None,
        highlights=tuple(_highlights(hit.get("highlights", ()))),
    )


def _highlights(highlights: Iterable[Mapping[str, Any]]) -> Iterable[Highlight]:
    for highlight in highlights:
        if highlight["field"] == _KEYWORDS:
            continue
        for snippet in highlight.get("snippets") or [highlight.get("snippet", "")]:
            text = html.escape(snippet, quote=False)
            yield Highlight(highlight["field"], text.replace(MARK_START, "<mark>").replace(MARK_END, "</mark>"))


def _counts(response: Mapping[str, Any], field_name: str) -> FacetCounts:
    for facet in response["facet_counts"]:
        if facet["field_name"] == field_name:
            stats = facet.get("stats", {})
            counts = {count["value"]: count["count"] for count in facet["counts"]}
            return FacetCounts(counts, stats.get("min"), stats.get("max"))
    return FacetCounts({})


def _corrected(query: str, hits: Sequence[Mapping[str, Any]]) -> str | None:
    """The query with each mistyped word replaced by the one that most of the hits matched in its stead."""
    if not query or not hits:
        return None
    matched = Counter(token.lower() for hit in hits for token in _matched_tokens(hit))
    words = query.split()
    corrected = [_correct(word, matched) for word in words]
    return " ".join(corrected) if corrected != words else None


def _matched_tokens(hit: Mapping[str, Any]) -> Iterable[str]:
    for highlight in hit.get("highlights", ()):
        for token in highlight.get("matched_tokens", ()):
            yield from token if isinstance(token, list) else [token]


def _correct(word: str, matched: Counter[str]) -> str:
    lower = word.lower()
    if any(token.startswith(lower) for token in matched):
        return word
    near = [(count, token) for token, count in matched.items() if _within_two_edits(lower, token)]
    return max(near)[1] if near else word


def _within_two_edits(left: str, right: str) -> bool:
    """Optimal string alignment distance, as the engine counts typos; a prefix of ``right`` is enough."""
    if abs(len(left) - len(right)) > 2:
        right = right[: len(left)]
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        current = [i]
        for j, b in enumerate(right, start=1):
            cost = min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1] <= 2
