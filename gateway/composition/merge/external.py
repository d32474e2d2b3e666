"""Checks external fields: they are not merged, but must agree with the field that they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.ast_text import type_text
from gateway.composition.elements import FieldElement, InputElement
from gateway.composition.errors import (
    EXTERNAL_ARGUMENT_DEFAULT_MISMATCH,
    EXTERNAL_ARGUMENT_MISSING,
    EXTERNAL_ARGUMENT_TYPE_MISMATCH,
    EXTERNAL_MISSING_ON_BASE,
    EXTERNAL_TYPE_MISMATCH,
    MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL,
    ErrorCode,
)
from gateway.composition.literals import same_value
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.default_value import default_words
from gateway.composition.merge.field_sources import FieldSources
from gateway.composition.merge.report import each_with_subgraphs, in_subgraphs, views_of
from gateway.composition.merge.type_reference import is_strict_subtype, type_words
from gateway.composition.merge.views import Source
from gateway.composition.merged_elements import MergedField, MergedInput


def is_external_everywhere(field: FieldSources) -> bool:
    """Whether no subgraph resolves the field, not even by an interface object."""
    if any(not field.is_external(source.view) for source in field.present):
        return False
    return all((source.element.interface, field.name) in source.view.usage.external for source in field.abstracted)


def report_external_everywhere(field: FieldSources, context: MergeContext) -> None:
    """Report a field that nobody resolves."""
    views = [*views_of(field.present), *views_of(field.abstracted)]
    context.report.error(
        EXTERNAL_MISSING_ON_BASE,
        f'Field "{field.coordinate}" is @external wherever it occurs ({in_subgraphs(views)}): '
        "at least one subgraph must resolve it.",
        views,
        [(source.view, source.element.node) for source in field.present],
    )


def check_directives_on_external(field: FieldSources, context: MergeContext) -> None:
    """What goes into the supergraph must stand where the field is resolved."""
    for source in field.present:
        if not source.element.directives or not field.is_external(source.view):
            continue
        for use in source.element.directives:
            if context.features.carries_onto_external(use):
                context.report.error(
                    MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL,
                    f'@{use.name} on @external field "{field.coordinate}" ({in_subgraphs([source.view])}) is lost: '
                    "put it where the field is resolved.",
                    [source.view],
                    [(source.view, use.node)],
                )


def check_external(field: FieldSources, merged: MergedField, context: MergeContext, *, all_equal: bool) -> None:
    """External fields have the merged type or a narrower one, and the merged arguments."""
    external = [source for source in field.present if field.is_external(source.view)]
    if not external:
        return
    if any(not _fits(source.element, merged, context, all_equal=all_equal) for source in external):
        context.report.error(
            EXTERNAL_TYPE_MISMATCH,
            f'Field "{field.coordinate}" has {each_with_subgraphs(field.present, type_words)}. '
            "Where it is @external it must have the type that it has where it is resolved.",
            views_of(field.present),
            [(source.view, source.element.node) for source in field.present],
        )
    for argument in merged.arguments.values():
        _check_argument(field, external, argument, context)


def _fits(element: FieldElement, merged: MergedField, context: MergeContext, *, all_equal: bool) -> bool:
    if type_text(element.type) == type_text(merged.type):
        return True
    return not all_equal and is_strict_subtype(merged.type, element.type, context.shape.kinds.get, context.shape)


def _check_argument(
    field: FieldSources, external: Sequence[Source[FieldElement]], merged: MergedInput, context: MergeContext
) -> None:
    coordinate = f"{field.coordinate}({merged.name}:)"
    having = [source for source in external if merged.name in source.element.arguments]
    if len(having) < len(external):
        lacking = [source.view for source in external if merged.name not in source.element.arguments]
        context.report.error(
            EXTERNAL_ARGUMENT_MISSING,
            f'Field "{field.coordinate}" lacks argument "{merged.name}" in {in_subgraphs(lacking)}, where it is '
            "@external: add the argument there.",
            views_of(field.present),
            [(source.view, source.element.node) for source in field.present],
        )
    arguments = [source.element.arguments[merged.name] for source in having]
    if any(
        type_text(argument.type) != type_text(merged.type)
        and not is_strict_subtype(argument.type, merged.type, context.shape.kinds.get, context.shape)
        for argument in arguments
    ):
        message = (
            f'Argument "{coordinate}" has {each_with_subgraphs(_all(field, merged.name), type_words)}. '
            "Where the field is @external it must have the type that it has where the field is resolved."
        )
        _report(EXTERNAL_ARGUMENT_TYPE_MISMATCH, message, field, merged.name, context)
    if any(not same_value(argument.default, merged.default) for argument in arguments):
        message = (
            f'Argument "{coordinate}" has {each_with_subgraphs(_all(field, merged.name), default_words)}. '
            "Where the field is @external it must have the default that it has where the field is resolved."
        )
        _report(EXTERNAL_ARGUMENT_DEFAULT_MISMATCH, message, field, merged.name, context)


def _all(field: FieldSources, argument: str) -> list[Source[InputElement]]:
    return [
        Source(source.view, source.element.arguments[argument])
        for source in field.present
        if argument in source.element.arguments
    ]


def _report(code: ErrorCode, message: str, field: FieldSources, argument: str, context: MergeContext) -> None:
    sources = _all(field, argument)
    places = [(source.view, source.element.node) for source in sources]
    context.report.error(code, message, views_of(sources), places)
