"""Names of contexts are letters and digits: other characters would not survive in the supergraph's names."""

from __future__ import annotations

import re

from graphql import StringValueNode

from gateway.composition.elements import DirectiveUse
from gateway.composition.errors import CONTEXT_NAME_INVALID
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.view import SubgraphView

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def check_contexts(view: SubgraphView, problems: Problems) -> None:
    """Report contexts whose names are none."""
    for element, use in view.on_types("context"):
        name = context_name(use)
        if not _NAME.fullmatch(name):
            message = f'the context name "{name}" on {element.name} must consist of letters and digits only.'
            problems.report(CONTEXT_NAME_INVALID, message, view.name, use.node)


def contexts_set(view: SubgraphView) -> dict[str, list[str]]:
    """Names of the types that set each validly named context, each type once."""
    found: dict[str, dict[str, None]] = {}
    for element, use in view.on_types("context"):
        name = context_name(use)
        if _NAME.fullmatch(name):
            found.setdefault(name, {})[element.name] = None
    return {name: list(types) for name, types in found.items()}


def context_name(use: DirectiveUse) -> str:
    """The name that a ``@context`` gives; empty when it is no string."""
    value = use.arguments.get("name")
    return value.value if isinstance(value, StringValueNode) else ""
