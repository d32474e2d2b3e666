"""``@requires`` passes the arguments that the required fields have in all subgraphs.

Each subgraph's own field sets are valid there; but arguments are merged by intersection, so that one given may not
exist elsewhere, and one left out may be required elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gateway.ast_text import base_type_name
from gateway.composition.elements import DirectiveUse, FieldElement, TypeElement
from gateway.composition.errors import REQUIRES_INVALID_FIELDS
from gateway.composition.field_usage import federation_uses, field_set_of
from gateway.composition.merge.argument import is_required
from gateway.composition.merge.report import Report, in_subgraphs
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import MergedField, MergedSchema
from gateway.federation.field_set import parse_field_set
from gateway.selection_set import Field, SelectionSet


def check_requires_arguments(schema: MergedSchema, views: Sequence[SubgraphView], report: Report) -> None:
    """Report arguments that other subgraphs do not know, and those that they miss."""
    for view in views:
        for element, field, use in _requirements(view):
            selections = parse_field_set(field_set_of(use) or "")
            for type_name, selected, merged in _selected(schema, element.name, selections):
                coordinate = f"{type_name}.{selected.name}"
                what = f'@requires of "{element.name}.{field.name}" in subgraph "{view.name}"'
                given = {argument.name for argument in selected.arguments}
                for name in given - merged.arguments.keys():
                    others = _others(views, view, type_name, selected.name, name, lacking=True)
                    message = (
                        f'{what} gives argument "{name}" of "{coordinate}", which is not in {in_subgraphs(others)}'
                    )
                    _report(f"{message}: add it there, or do not give it.", view, use, others, report)
                for name, argument in merged.arguments.items():
                    if is_required(argument) and name not in given:
                        others = _others(views, view, type_name, selected.name, name, lacking=False)
                        message = f'{what} gives no argument "{name}" of "{coordinate}", required in '
                        _report(f"{message}{in_subgraphs(others)}: give it.", view, use, others, report)


def _requirements(view: SubgraphView) -> Iterator[tuple[TypeElement, FieldElement, DirectiveUse]]:
    for element in view.subgraph.types.values():
        for field in element.fields.values():
            if field.directives:
                for use in federation_uses(field, "requires"):
                    yield element, field, use


def _selected(
    schema: MergedSchema, type_name: str, selections: SelectionSet
) -> Iterator[tuple[str, Field, MergedField]]:
    merged = schema.types.get(type_name)
    for selection in selections:
        if not isinstance(selection, Field):
            yield from _selected(schema, selection.type_condition or type_name, selection.selections)
            continue
        field = merged.fields.get(selection.name) if merged else None
        if field is not None:
            yield type_name, selection, field
            if selection.selections:
                yield from _selected(schema, base_type_name(field.type), selection.selections)


def _others(
    views: Sequence[SubgraphView], own: SubgraphView, type_name: str, field: str, argument: str, *, lacking: bool
) -> list[SubgraphView]:
    """Other subgraphs that lack the argument of a field that they have, or that require it."""
    found: list[SubgraphView] = []
    for view in views:
        element = view.subgraph.types.get(type_name)
        if view is own or element is None or field not in element.fields:
            continue
        known = element.fields[field].arguments.get(argument)
        if (known is None) if lacking else (known is not None and is_required(known)):
            found.append(view)
    return found or [own]


def _report(message: str, view: SubgraphView, use: DirectiveUse, others: list[SubgraphView], report: Report) -> None:
    report.error(REQUIRES_INVALID_FIELDS, message, [view, *others], [(view, use.node)])
