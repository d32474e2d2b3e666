"""Merges the directives that subgraphs apply to an element."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from graphql import StringValueNode, ValueNode

from gateway.ast_text import value_text
from gateway.composition.elements import DirectiveUse
from gateway.composition.hints import (
    INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS,
    MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS,
)
from gateway.composition.literals import arguments_key
from gateway.composition.merge.argument_strategies import merge_argument_values
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.features import written_name
from gateway.composition.merge.report import each_with_subgraphs, views_of
from gateway.composition.merge.views import Source, SubgraphView
from gateway.composition.merged_elements import AppliedDirective
from gateway.federation.supergraph_specs import STRATEGIES, carried_directive

Applied = Iterable[tuple[SubgraphView, Sequence[DirectiveUse]]]


def merge_directives(
    coordinate: str, applied: Applied, context: MergeContext, added: Sequence[Source[DirectiveUse]] = ()
) -> tuple[AppliedDirective, ...]:
    """The directives that the supergraph applies; ``added`` are access rules that come from other elements."""
    sources = [*(Source(view, use) for view, uses in applied for use in uses), *added]
    if not sources:
        return ()
    by_name = _by_name_in_supergraph(sources, context)
    merged: list[AppliedDirective] = []
    for name, sources in by_name.items():
        if context.features.is_repeatable(name):
            merged += _merge_repeatable(name, sources, context)
        else:
            merged.append(_merge_single(coordinate, name, sources, context))
    return tuple(merged)


def _by_name_in_supergraph(
    sources: Sequence[Source[DirectiveUse]], context: MergeContext
) -> dict[str, list[Source[DirectiveUse]]]:
    """The uses that count. Where one subgraph composes a directive of its own, those of the same name in others do."""
    names = [context.features.name_in_supergraph(source.view, source.element) for source in sources]
    composed = context.features.composed.definitions.keys() & set(names)
    by_name: dict[str, list[Source[DirectiveUse]]] = {}
    for source, name in zip(sources, names, strict=True):
        written = written_name(source.element)
        counted = written if name is None and written in composed else name
        if counted is not None:
            by_name.setdefault(counted, []).append(source)
    return by_name


def _merge_repeatable(
    name: str, sources: Sequence[Source[DirectiveUse]], context: MergeContext
) -> list[AppliedDirective]:
    """Every application once."""
    if context.features.canonical.get(name) == "context":
        return [_merged_context(name, source) for source in sources]
    return [_as_is(name, alike[0]) for alike in _alike(name, sources, context).values()]


def _merged_context(name: str, source: Source[DirectiveUse]) -> AppliedDirective:
    """Contexts belong to their subgraph: its name goes before theirs."""
    given = source.element.arguments.get("name")
    own = given.value if isinstance(given, StringValueNode) else ""
    return AppliedDirective(name, (("name", StringValueNode(value=context_name(source.view, own))),))


def context_name(view: SubgraphView, name: str) -> str:
    """What the supergraph calls a context of a subgraph."""
    return f"{view.name}__{name}"


def _merge_single(
    coordinate: str, name: str, sources: Sequence[Source[DirectiveUse]], context: MergeContext
) -> AppliedDirective:
    """One application: the merged arguments where the spec says how, else the most frequent ones."""
    alike = _alike(name, sources, context)
    if len(alike) == 1:
        return _as_is(name, sources[0])
    canonical = context.features.canonical.get(name)
    if canonical in STRATEGIES:
        assert canonical is not None
        message = f'@{name} of "{coordinate}" has different arguments in different subgraphs, which have been merged.'
        context.report.hint(MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS, message, views_of(sources))
        return AppliedDirective(name, _merged_arguments(name, canonical, alike.values(), context))
    chosen = max(alike.values(), key=len)[0]
    message = (
        f'@{name} of "{coordinate}" has {each_with_subgraphs(sources, _argument_words)}. '
        f"The supergraph has {_argument_words(chosen.element)}."
    )
    context.report.hint(INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS, message, views_of(sources))
    return _as_is(name, chosen)


def _alike(
    name: str, sources: Sequence[Source[DirectiveUse]], context: MergeContext
) -> dict[Hashable, list[Source[DirectiveUse]]]:
    alike: dict[Hashable, list[Source[DirectiveUse]]] = {}
    for source in sources:
        defaults = context.features.defaults(name, source.view)
        alike.setdefault(arguments_key(source.element.arguments, defaults), []).append(source)
    return alike


def _merged_arguments(
    name: str, canonical: str, alike: Iterable[Sequence[Source[DirectiveUse]]], context: MergeContext
) -> tuple[tuple[str, ValueNode], ...]:
    strategies = STRATEGIES[canonical]
    complete = [
        dict(context.features.defaults(name, sources[0].view)) | dict(sources[0].element.arguments) for sources in alike
    ]
    merged = (
        (
            argument.name,
            merge_argument_values(strategies[argument.name], [given.get(argument.name) for given in complete]),
        )
        for argument in carried_directive(canonical).arguments
    )
    return tuple((argument, value) for argument, value in merged if value is not None)


def _as_is(name: str, source: Source[DirectiveUse]) -> AppliedDirective:
    return AppliedDirective(name, tuple(source.element.arguments.items()))


def _argument_words(use: DirectiveUse) -> str:
    if not use.arguments:
        return "no arguments"
    return f"({', '.join(f'{name}: {value_text(value)}' for name, value in use.arguments.items())})"
