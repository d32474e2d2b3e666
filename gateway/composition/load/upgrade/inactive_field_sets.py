"""Federation v1 ignored fields in ``@provides`` and ``@requires`` that the subgraph resolves anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graphql import StringValueNode

from gateway.ast_text import base_type_name
from gateway.composition.elements import DirectiveUse, FieldElement, Subgraph, TypeElement
from gateway.composition.field_usage import FieldUsage, field_set_of, field_usage
from gateway.composition.load.upgrade.others import Others
from gateway.composition.load.upgrade.rewrite import (
    WITH_FIELDS,
    change_fields,
    change_types,
    change_uses,
    is_use,
    with_uses,
)
from gateway.federation.field_set import InvalidFieldSet, field_set_text, parse_field_set
from gateway.selection_set import Field, Selection, SelectionSet
from gateway.supergraph.model import TypeKind

_COMPOSITE = (*WITH_FIELDS, TypeKind.UNION)


def remove_inactive_field_sets(subgraph: Subgraph, _others: Others) -> Subgraph:
    """Take fields that are not external out of ``@provides`` and ``@requires``, and drop those left empty.

    A ``@provides`` on a field of scalar type goes too. Field sets that are invalid stay, for the rules to report.
    """
    fixer = _Fixer(subgraph.types, field_usage(subgraph))

    def change(element: TypeElement) -> TypeElement:
        return change_fields(element, lambda field: fixer.fix_field(field, element.name))

    return change_types(subgraph, change)


@dataclass(frozen=True, slots=True)
class _Fixer:
    types: Mapping[str, TypeElement]
    usage: FieldUsage

    def fix_field(self, field: FieldElement, owner: str) -> FieldElement:
        if not field.directives:
            return field
        target = base_type_name(field.type)
        return with_uses(field, change_uses(field.directives, lambda use: self._fix_use(use, owner, target)))

    def _fix_use(self, use: DirectiveUse, owner: str, target: str) -> DirectiveUse | None:
        if is_use(use, "provides"):
            element = self.types.get(target)
            return self._fix(use, target) if element is not None and element.kind in _COMPOSITE else None
        return self._fix(use, owner) if is_use(use, "requires") else use

    def _fix(self, use: DirectiveUse, type_name: str) -> DirectiveUse | None:
        try:
            selections = parse_field_set(field_set_of(use) or "")
        except InvalidFieldSet:
            return use
        active = self._active(selections, type_name)
        if active == selections:
            return use
        if not active:
            return None
        fields = StringValueNode(value=field_set_text(active), loc=use.arguments["fields"].loc)
        return replace(use, arguments={**use.arguments, "fields": fields})

    def _active(self, selections: SelectionSet, type_name: str) -> SelectionSet:
        return tuple(kept for selection in selections if (kept := self._keep(selection, type_name)) is not None)

    def _keep(self, selection: Selection, type_name: str) -> Selection | None:
        if not isinstance(selection, Field):
            active = self._active(selection.selections, selection.type_condition or type_name)
            return replace(selection, selections=active) if active else None
        element = self.types.get(type_name)
        field = element.fields.get(selection.name) if element is not None else None
        if field is None:
            return selection if selection.name != "__typename" else None
        if (type_name, selection.name) in self.usage.external:
            return selection
        if selection.selections is None:
            return None
        active = self._active(selection.selections, base_type_name(field.type))
        return replace(selection, selections=active) if active else None
