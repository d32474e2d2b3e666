"""The story of a check: compose with the proposal, compare what clients see, compare what the gateway relies on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import DocumentNode, GraphQLError, GraphQLSchema, build_ast_schema, parse

from gateway.composition import Composition, CompositionError
from gateway.supergraph.api_schema import api_document
from schema.checks.change import Change, Severity
from schema.checks.diff import client_changes
from schema.checks.rules import federation
from schema.published import UnknownSubgraph, compose_subgraphs

_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found; changes from worst to harmless."""

    subgraph: str
    composition_errors: tuple[CompositionError, ...]
    changes: tuple[Change, ...]

    @property
    def passed(self) -> bool:
        """True when the proposal composes and takes nothing away that somebody relies on."""
        return not self.composition_errors and not any(change.severity.fails_a_check for change in self.changes)


def check_subgraph(published: Mapping[str, str], subgraph: str, proposed: str) -> CheckResult:
    """Check ``proposed`` as the new SDL of ``subgraph`` among the ``published`` ones. Raises UnknownSubgraph.

    While the proposal does not compose there is no API to compare, and only its composition errors are told, with
    what the subgraph itself says differently to the gateway.
    """
    if subgraph not in published:
        raise UnknownSubgraph(f"there is no subgraph {subgraph!r}; there are {', '.join(sorted(published))}")
    before = compose_subgraphs(dict(published))
    after = compose_subgraphs({**published, subgraph: proposed})
    changes = [*_federation_changes(published[subgraph], proposed), *_api_changes(before, after)]
    changes.sort(key=lambda change: (_ORDER.index(change.severity), change.path, change.code))
    return CheckResult(subgraph, after.errors, tuple(changes))


def _api_changes(before: Composition, after: Composition) -> tuple[Change, ...]:
    if before.supergraph is None or after.supergraph is None:
        return ()
    return client_changes(_api_schema(before.supergraph.text), _api_schema(after.supergraph.text))


def _api_schema(supergraph: str) -> GraphQLSchema:
    return build_ast_schema(api_document(parse(supergraph, no_location=True)), assume_valid=True)


def _federation_changes(published: str, proposed: str) -> tuple[Change, ...]:
    before, after = _parsed(published), _parsed(proposed)
    if before is None or after is None:
        return ()  # composition says what is wrong with the text
    return tuple(federation.find_changes(before, after))


def _parsed(sdl: str) -> DocumentNode | None:
    try:
        return parse(sdl, no_location=True)
    except (GraphQLError, RecursionError):
        return None
