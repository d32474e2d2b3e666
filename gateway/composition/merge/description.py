"""Merges descriptions: the most frequent one, the first of equally frequent ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gateway.composition.hints import INCONSISTENT_DESCRIPTION
from gateway.composition.merge.report import Report, in_subgraphs
from gateway.composition.merge.views import SubgraphView


def merge_description(what: str, descriptions: Iterable[tuple[SubgraphView, str | None]], report: Report) -> str | None:
    """The description that the supergraph uses; an empty one only if there is no other."""
    given = [(view, text) for view, text in descriptions if text is not None]
    if not given:
        return None
    counts = Counter(text for _, text in given if text)
    if not counts:
        return ""
    chosen = counts.most_common(1)[0][0]
    if len(counts) > 1:
        choosers = in_subgraphs(view for view, text in given if text == chosen)
        others = in_subgraphs(view for view, text in given if text and text != chosen)
        message = f"{what} is described differently by subgraphs. The supergraph has the text of {choosers}, not that "
        report.hint(INCONSISTENT_DESCRIPTION, f"{message}of {others}.", (view for view, _ in given))
    return chosen
