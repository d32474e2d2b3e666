"""Merges defaults: one stays only if all subgraphs have it, since a subgraph without it may need the value."""

from __future__ import annotations

from collections.abc import Sequence

from graphql import ValueNode

from gateway.ast_text import value_text
from gateway.composition.elements import InputElement
from gateway.composition.errors import FIELD_ARGUMENT_DEFAULT_MISMATCH, INPUT_FIELD_DEFAULT_MISMATCH
from gateway.composition.hints import INCONSISTENT_DEFAULT_VALUE_PRESENCE
from gateway.composition.literals import same_value
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.report import each_with_subgraphs, views_of
from gateway.composition.merge.views import Source


def merge_default(
    coordinate: str, sources: Sequence[Source[InputElement]], context: MergeContext, *, is_argument: bool
) -> ValueNode | None:
    """The common default of an argument or input field, if there is one."""
    given = [source.element.default for source in sources if source.element.default is not None]
    if not given:
        return None
    if any(not same_value(given[0], other) for other in given[1:]):
        _report_mismatch(coordinate, sources, context, is_argument=is_argument)
        return given[0]
    if len(given) < len(sources):
        what = "argument" if is_argument else "input field"
        message = (
            f'The {what} "{coordinate}" has {each_with_subgraphs(sources, default_words)}; '
            "it has no default in the supergraph."
        )
        context.report.hint(INCONSISTENT_DEFAULT_VALUE_PRESENCE, message, views_of(sources))
        return None
    return given[0]


def _report_mismatch(
    coordinate: str, sources: Sequence[Source[InputElement]], context: MergeContext, *, is_argument: bool
) -> None:
    what = "argument" if is_argument else "input field"
    context.report.error(
        FIELD_ARGUMENT_DEFAULT_MISMATCH if is_argument else INPUT_FIELD_DEFAULT_MISMATCH,
        f'The defaults of {what} "{coordinate}" differ: it has {each_with_subgraphs(sources, default_words)}. '
        "Give it the same default everywhere.",
        views_of(sources),
        [(source.view, source.element.node) for source in sources],
    )


def default_words(element: InputElement) -> str:
    """``default 1`` or ``no default``."""
    return f"default {value_text(element.default)}" if element.default is not None else "no default"
