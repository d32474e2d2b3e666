"""Merges arguments of fields and of directive definitions: those that all subgraphs know stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import NonNullTypeNode

from gateway.composition.elements import InputElement
from gateway.composition.errors import (
    CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS,
    REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH,
)
from gateway.composition.field_usage import has_federation_use
from gateway.composition.hints import (
    CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS as CONTEXTUAL_ARGUMENT_HINT,
)
from gateway.composition.hints import INCONSISTENT_ARGUMENT_PRESENCE
from gateway.composition.merge.applied_directives import merge_directives
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.default_value import merge_default
from gateway.composition.merge.description import merge_description
from gateway.composition.merge.report import in_subgraphs, views_of
from gateway.composition.merge.type_reference import is_enum, merge_input_type, record_enum
from gateway.composition.merge.views import Source, SubgraphView
from gateway.composition.merged_elements import MergedInput


@dataclass(frozen=True, slots=True)
class ArgumentOwner:
    """A field or directive as one subgraph defines it, as far as arguments are concerned."""

    view: SubgraphView
    arguments: Mapping[str, InputElement]


def merge_arguments(owner: str, owners: Sequence[ArgumentOwner], context: MergeContext) -> dict[str, MergedInput]:
    """The merged arguments of the field or directive whose coordinate is ``owner``."""
    if len(owners) == 1:
        return only_arguments(owner, owners[0], context)
    if not any(each.arguments for each in owners):
        return {}
    found: dict[str, list[Source[InputElement]]] = {}
    for each in owners:
        for name, element in each.arguments.items():
            found.setdefault(name, []).append(Source(each.view, element))
    merged: dict[str, MergedInput] = {}
    for name, sources in found.items():
        coordinate = f"{owner}({name}:)"
        if any(has_federation_use(source.element, "fromContext") for source in sources):
            _check_contextual(coordinate, sources, context)
        elif len(sources) < len(owners):
            _report_missing(coordinate, sources, owners, context)
        else:
            merged[name] = merge_argument(coordinate, sources, context)
    return merged


def only_arguments(owner: str, only: ArgumentOwner, context: MergeContext) -> dict[str, MergedInput]:
    """The arguments as the only subgraph has them: there is nothing to compare, and nearly all are like this."""
    merged: dict[str, MergedInput] = {}
    for name, element in only.arguments.items():
        if element.directives:
            if has_federation_use(element, "fromContext"):
                continue
            merged[name] = merge_argument(f"{owner}({name}:)", [Source(only.view, element)], context)
            continue
        if is_enum(element.type, context):
            record_enum(f"{owner}({name}:)", Source(only.view, element), context, is_input=True)
        merged[name] = MergedInput(name, element.type, element.default, element.description)
    return merged


def merge_argument(coordinate: str, sources: Sequence[Source[InputElement]], context: MergeContext) -> MergedInput:
    """One argument that all subgraphs have."""
    return MergedInput(
        name=sources[0].element.name,
        type=merge_input_type(coordinate, sources, context, is_argument=True).type,
        default=merge_default(coordinate, sources, context, is_argument=True),
        description=merge_description(
            f'Argument "{coordinate}"',
            ((source.view, source.element.description) for source in sources),
            context.report,
        ),
        directives=merge_directives(
            coordinate, ((source.view, source.element.directives) for source in sources), context
        ),
    )


def is_required(element: InputElement | MergedInput) -> bool:
    """Whether a value must be given."""
    return isinstance(element.type, NonNullTypeNode) and element.default is None


def _check_contextual(coordinate: str, sources: Sequence[Source[InputElement]], context: MergeContext) -> None:
    """Clients do not see an argument that a subgraph takes from a context; so no subgraph may need it of them."""
    for source in sources:
        if has_federation_use(source.element, "fromContext"):
            continue
        if is_required(source.element):
            context.report.error(
                CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS,
                f'Argument "{coordinate}" comes from a context in some subgraph, but {in_subgraphs([source.view])} '
                "requires it without @fromContext: add @fromContext there, make it nullable or give it a default.",
                [source.view],
                [(source.view, source.element.node)],
            )
        else:
            message = f'Argument "{coordinate}" comes from a context in some subgraph: the supergraph leaves it out.'
            context.report.hint(CONTEXTUAL_ARGUMENT_HINT, message, [source.view])


def _report_missing(
    coordinate: str, sources: Sequence[Source[InputElement]], owners: Sequence[ArgumentOwner], context: MergeContext
) -> None:
    having = {source.view.name for source in sources}
    missing = [owner.view for owner in owners if owner.view.name not in having]
    requiring = [source.view for source in sources if is_required(source.element)]
    if requiring:
        context.report.error(
            REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH,
            f'Argument "{coordinate}" is required in {in_subgraphs(requiring)} but missing in {in_subgraphs(missing)}: '
            "add it there, or make it optional.",
            [*requiring, *missing],
            [(source.view, source.element.node) for source in sources],
        )
        return
    message = (
        f'Argument "{coordinate}" is in {in_subgraphs(views_of(sources))} but not in {in_subgraphs(missing)}: '
        "the supergraph leaves it out."
    )
    context.report.hint(INCONSISTENT_ARGUMENT_PRESENCE, message, [*views_of(sources), *missing])
