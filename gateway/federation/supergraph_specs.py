"""The specs whose directives a supergraph carries: their purposes, and how their arguments merge.

The directives themselves are those of ``directives``; a supergraph takes each from the sister spec that defines it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from gateway.federation.directives import NEWEST_FEDERATION, SISTER_SPECS, DirectiveSpec, federation_directives

LINK_URL = "https://specs.apollo.dev/link/v1.0"
LINK_DEFINITIONS = '''
directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA

scalar link__Import

enum link__Purpose {
  """`SECURITY` features are needed to resolve fields securely."""
  SECURITY

  """`EXECUTION` features are needed to execute operations."""
  EXECUTION
}'''
CACHE_TAG = "cacheTag"
"""Recorded as ``@join__directive`` instead of being applied."""


class ArgumentStrategy(Enum):
    """How different values of one argument become one."""

    MAX = "the greatest number"
    UNION = "all of their items"
    AND = "true if all are true"
    DNF_CONJUNCTION = "all of their conditions at once"


@dataclass(frozen=True, slots=True)
class CarriedSpec:
    """A spec that the supergraph links when a subgraph uses one of its directives."""

    name: str
    version: str
    purpose: str | None
    scalars: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """With the newest version, which holds what all others do."""
        return f"https://specs.apollo.dev/{self.name}/{self.version}"

    @property
    def directives(self) -> tuple[str, ...]:
        """Canonical names."""
        return SISTER_SPECS[f"https://specs.apollo.dev/{self.name}"].directives

    def default_name(self, directive: str, namespace: str) -> str:
        """What a directive is called when it is not imported."""
        return namespace if directive == self.name else f"{namespace}__{directive}"

    def definitions(self, namespace: str, names: Mapping[str, str]) -> str:
        """SDL of the spec's scalars and directives; ``names`` are those of imported directives."""
        scalars = [f"scalar {namespace}__{scalar}" for scalar in self.scalars]
        directives = [
            self._definition(carried_directive(name), names.get(name) or self.default_name(name, namespace), namespace)
            for name in self.directives
        ]
        return "\n\n".join(scalars + directives)

    def _definition(self, spec: DirectiveSpec, name: str, namespace: str) -> str:
        arguments = []
        for argument in spec.arguments:
            type_text = argument.type
            for scalar in self.scalars:
                type_text = type_text.replace(scalar, f"{namespace}__{scalar}")
            default = f" = {argument.default}" if argument.default is not None else ""
            arguments.append(f"{argument.name}: {type_text}{default}")
        parameters = f"({', '.join(arguments)})" if arguments else ""
        repeatable = " repeatable" if spec.repeatable else ""
        return f"directive @{name}{parameters}{repeatable} on {' | '.join(sorted(spec.locations))}"


CARRIED_SPECS: tuple[CarriedSpec, ...] = (
    CarriedSpec("tag", "v0.3", None),
    CarriedSpec("inaccessible", "v0.2", "SECURITY"),
    CarriedSpec("authenticated", "v0.1", "SECURITY"),
    CarriedSpec("requiresScopes", "v0.1", "SECURITY", ("Scope",)),
    CarriedSpec("policy", "v0.1", "SECURITY", ("Policy",)),
    CarriedSpec("context", "v0.1", "SECURITY", ("ContextFieldValue",)),
    CarriedSpec("cost", "v0.1", None),
    CarriedSpec(CACHE_TAG, "v0.1", "EXECUTION"),
)
"""In the order in which a supergraph links them."""

NOT_CARRIED = frozenset({"fromContext"})
"""Directives of carried specs that merging turns into something else."""

ACCESS_CONTROL = ("authenticated", "requiresScopes", "policy")

STRATEGIES: Mapping[str, Mapping[str, ArgumentStrategy]] = {
    "requiresScopes": {"scopes": ArgumentStrategy.DNF_CONJUNCTION},
    "policy": {"policies": ArgumentStrategy.DNF_CONJUNCTION},
    "cost": {"weight": ArgumentStrategy.MAX},
    "listSize": {
        "assumedSize": ArgumentStrategy.MAX,
        "slicingArguments": ArgumentStrategy.UNION,
        "sizedFields": ArgumentStrategy.UNION,
        "requireOneSlicingArgument": ArgumentStrategy.AND,
    },
}


def carried_directive(name: str) -> DirectiveSpec:
    """The definition of a carried directive."""
    return federation_directives(NEWEST_FEDERATION)[name]
