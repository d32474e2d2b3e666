"""Whether an answer can be one to an operation at all, whatever the subgraphs sent.

Written from the specification (section 6.4.3, value completion) alone: nothing here knows how the gateway does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    value_from_ast_untyped,
)


def is_valid_answer(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any], data: Any) -> bool:
    """Whether ``data`` has the keys, types and nulls that an answer to the (only) operation may have."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    defaults = {
        each.variable.name.value: value_from_ast_untyped(each.default_value)
        for each in operations[0].variable_definitions or ()
        if each.default_value is not None
    }
    root = schema.get_root_type(operations[0].operation)
    assert root is not None
    check = _Check(schema, fragments, {**defaults, **variables})
    return data is None or check.is_object(root, [operations[0].selection_set], data)


@dataclass(frozen=True, slots=True)
class _Check:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def is_object(self, kind: GraphQLObjectType, asked: Iterable[SelectionSetNode], value: Any) -> bool:
        fields: dict[str, list[FieldNode]] = {}
        for selections in asked:
            self._collect(kind, selections, fields)
        return (
            isinstance(value, dict)
            and list(value) == list(fields)
            and all(self._is_field(kind, nodes, value[key]) for key, nodes in fields.items())
        )

    def _is_field(self, kind: GraphQLObjectType, nodes: list[FieldNode], value: Any) -> bool:
        name = nodes[0].name.value
        if name == "__typename":
            return bool(value == kind.name)
        if name in {"__schema", "__type"}:
            return True
        below = [node.selection_set for node in nodes if node.selection_set is not None]
        return self._is_value(kind.fields[name].type, below, value)

    def _is_value(self, kind: GraphQLOutputType, below: list[SelectionSetNode], value: Any) -> bool:
        if value is None:
            return not is_non_null_type(kind)
        inner = get_nullable_type(kind)
        if is_list_type(inner):
            return isinstance(value, list) and all(self._is_value(inner.of_type, below, item) for item in value)
        if is_leaf_type(inner):
            try:
                return bool(inner.serialize(value) == value) and isinstance(value, bool) is (inner.name == "Boolean")
            except GraphQLError:
                return False
        if isinstance(inner, GraphQLObjectType):
            return self.is_object(inner, below, value)
        assert is_abstract_type(inner)
        return any(self.is_object(each, below, value) for each in self.schema.get_possible_types(inner))

    def _collect(
        self, kind: GraphQLObjectType, selections: SelectionSetNode, fields: dict[str, list[FieldNode]]
    ) -> None:
        for node in selections.selections:
            if not self._is_taken(node.directives or ()):
                continue
            if isinstance(node, FieldNode):
                fields.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
                continue
            assert isinstance(node, InlineFragmentNode | FragmentSpreadNode)
            fragment = node if isinstance(node, InlineFragmentNode) else self.fragments[node.name.value]
            condition = fragment.type_condition.name.value if fragment.type_condition else kind.name
            named = self.schema.type_map[condition]
            if named is kind or (is_abstract_type(named) and self.schema.is_sub_type(named, kind)):
                self._collect(kind, fragment.selection_set, fields)

    def _is_taken(self, directives: Iterable[DirectiveNode]) -> bool:
        given = {each.name.value: each.arguments[0].value for each in directives if each.arguments}
        return self._value(given, "include", default=True) and not self._value(given, "skip", default=False)

    def _value(self, given: Mapping[str, Any], name: str, *, default: bool) -> bool:
        node = given.get(name)
        if node is None:
            return default
        return bool(self.variables[node.name.value] if isinstance(node, VariableNode) else node.value)
