"""Variables of clients that are called like what requests to subgraphs bring along get other names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from graphql import DocumentNode, NameNode, OperationDefinitionNode, VariableNode
from graphql.language import Visitor, visit

REPRESENTATIONS: Final = re.compile(r"representations(_\d+)?")


def rename_variables(
    document: DocumentNode, operation: OperationDefinitionNode
) -> tuple[DocumentNode, Mapping[str, str]]:
    """The document with other names for variables in the way, and the new name of each; mostly there are none."""
    names = {each.variable.name.value for each in operation.variable_definitions or ()}
    taken = {name for name in names if REPRESENTATIONS.fullmatch(name)}
    if not taken:
        return document, {}
    renamed: dict[str, str] = {}
    for name in sorted(taken):
        new = f"client_{name}"
        while new in names:
            new = f"client_{new}"
        renamed[name] = new

    class Rename(Visitor):
        def leave_variable(self, node: VariableNode, *_: Any) -> VariableNode | None:
            name = node.name.value
            return VariableNode(name=NameNode(value=renamed[name])) if name in renamed else None

    return visit(document, Rename()), renamed
