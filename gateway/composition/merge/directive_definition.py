"""Merges directive definitions: executable ones that all subgraphs know, and composed ones as their spec has them."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.elements import DirectiveElement
from gateway.composition.hints import (
    INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS,
    INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE,
    INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE,
    NO_EXECUTABLE_DIRECTIVE_INTERSECTION,
)
from gateway.composition.merge.argument import ArgumentOwner, merge_arguments
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.description import merge_description
from gateway.composition.merge.features import BUILT_IN_DIRECTIVES
from gateway.composition.merge.report import each_with_subgraphs, in_subgraphs, views_of
from gateway.composition.merge.views import Source
from gateway.composition.merged_elements import MergedDirective
from gateway.composition.written import EXECUTABLE_LOCATIONS


def merge_directive_definitions(context: MergeContext) -> dict[str, MergedDirective]:
    """All directive definitions that are the subgraphs' own."""
    merged = {
        name: _merge_composed(name, definition, context)
        for name, definition in context.features.composed.definitions.items()
    }
    for name, sources in _executable(context).items():
        definition = _merge_executable(name, sources, context)
        if definition is not None:
            merged[name] = definition
    return merged


def _merge_composed(name: str, source: Source[DirectiveElement], context: MergeContext) -> MergedDirective:
    owner = ArgumentOwner(source.view, source.element.arguments)
    return MergedDirective(
        name=name,
        arguments=merge_arguments(f"@{name}", [owner], context),
        locations=source.element.locations,
        repeatable=source.element.repeatable,
        description=source.element.description,
    )


def _executable(context: MergeContext) -> dict[str, list[Source[DirectiveElement]]]:
    found: dict[str, list[Source[DirectiveElement]]] = {}
    for view in context.views:
        for name, definition in view.subgraph.directives.items():
            composed = name in context.features.composed.definitions
            if name not in BUILT_IN_DIRECTIVES and not composed and _executable_locations(definition):
                found.setdefault(name, []).append(Source(view, definition))
    return found


def _executable_locations(definition: DirectiveElement) -> list[str]:
    return sorted(location for location in definition.locations if location in EXECUTABLE_LOCATIONS)


def _merge_executable(
    name: str, sources: Sequence[Source[DirectiveElement]], context: MergeContext
) -> MergedDirective | None:
    """A query may go to any subgraph, and its directives with it: so all must understand them, used like this."""
    views = views_of(sources)
    locations = {source.view.name: set(_executable_locations(source.element)) for source in sources}
    who = each_with_subgraphs(sources, lambda element: f"locations {', '.join(_executable_locations(element))}")
    common: set[str] | None = None
    for view in context.views:
        if view.name not in locations:
            lacking = [each for each in context.views if name not in each.subgraph.directives]
            message = (
                f"Directive @{name} is defined in {in_subgraphs(views)} but not in "
                f"{in_subgraphs(lacking or context.views)}: the supergraph leaves it out."
            )
            context.report.hint(INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE, message, context.views)
            return None
        common = locations[view.name] if common is None else common & locations[view.name]
        if not common:
            message = f"Directive @{name} has no common location: it has {who}. The supergraph leaves it out."
            context.report.hint(NO_EXECUTABLE_DIRECTIVE_INTERSECTION, message, views)
            return None
    assert common is not None
    if any(each != common for each in locations.values()):
        message = f"Directive @{name} has {who}; the supergraph has {', '.join(sorted(common))}."
        context.report.hint(INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS, message, views)
    repeatable = all(source.element.repeatable for source in sources)
    if not repeatable and any(source.element.repeatable for source in sources):
        message = f"Directive @{name} is not repeatable in all subgraphs, and so not in the supergraph."
        context.report.hint(INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE, message, views)
    return MergedDirective(
        name=name,
        arguments=merge_arguments(
            f"@{name}", [ArgumentOwner(source.view, source.element.arguments) for source in sources], context
        ),
        locations=tuple(sorted(common)),
        repeatable=repeatable,
        description=merge_description(
            f"Directive @{name}", ((source.view, source.element.description) for source in sources), context.report
        ),
    )
