"""Federation v1 took field sets that were lists of strings or bare names; v2 wants strings."""

from __future__ import annotations

from dataclasses import replace

from graphql import EnumValueNode, ListValueNode, StringValueNode, ValueNode

from gateway.composition.elements import DirectiveUse, Subgraph, TypeElement
from gateway.composition.load.upgrade.others import Others
from gateway.composition.load.upgrade.rewrite import change_fields, change_types, change_uses, with_uses
from gateway.federation.directives import FEDERATION_IDENTITY

_WITH_FIELD_SETS = ("key", "provides", "requires")


def fix_field_set_arguments(subgraph: Subgraph, _others: Others) -> Subgraph:
    """Write every field set as a string; what is no field set at all is left for the rules to report."""
    return change_types(subgraph, _fix_type)


def _fix_type(element: TypeElement) -> TypeElement:
    fixed = change_fields(element, lambda field: with_uses(field, change_uses(field.directives, _fix)))
    uses = change_uses(fixed.directives, _fix)
    return fixed if uses is fixed.directives else replace(fixed, directives=uses)


def _fix(use: DirectiveUse) -> DirectiveUse:
    if use.feature != FEDERATION_IDENTITY or use.name not in _WITH_FIELD_SETS:
        return use
    text = _text(use.arguments.get("fields"))
    if text is None:
        return use
    fields = StringValueNode(value=text, loc=use.arguments["fields"].loc)
    return replace(use, arguments={**use.arguments, "fields": fields})


def _text(value: ValueNode | None) -> str | None:
    if isinstance(value, EnumValueNode):
        return value.value
    if isinstance(value, ListValueNode) and value.values:
        parts = [item.value for item in value.values if isinstance(item, (StringValueNode, EnumValueNode))]
        return " ".join(parts) if len(parts) == len(value.values) else None
    return None
