"""Who may use an element: ``@authenticated``, ``@requiresScopes``, and the tags that contracts exclude by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from graphql import ConstDirectiveNode, value_from_ast_untyped

from schema.checks.change import Change, breaking, dangerous, security

Requirement: TypeAlias = frozenset[frozenset[str]]
"""Any one of these sets of scopes is enough; the empty set asks for nothing."""

SIGNED_IN: Final = "(signed in)"
"""Stands among the scopes for having a token at all."""

INTERNAL: Final = "internal"
"""What is tagged so reaches no client at all."""


def allowed_by(directives: Mapping[str, Sequence[ConstDirectiveNode]]) -> Requirement:
    """What the directives on one element ask of a caller; several are all required."""
    requirement: Requirement = frozenset({frozenset()})
    if directives.get("authenticated"):
        requirement = _both(requirement, frozenset({frozenset({SIGNED_IN})}))
    for node in directives.get("requiresScopes", ()):
        for argument in node.arguments or ():
            scopes = value_from_ast_untyped(argument.value)
            requirement = _both(requirement, frozenset(frozenset({SIGNED_IN, *all_of}) for all_of in scopes))
    return requirement


def access_changes(path: str, before: Requirement, after: Requirement) -> Iterator[Change]:
    """ACCESS_LOOSENED when somebody new is let in, ACCESS_TIGHTENED when somebody is shut out."""
    if not _covers(before, after):
        message = f"{path} may be used with {_text(after)}; before, it took {_text(before)}."
        yield security("ACCESS_LOOSENED", path, message)
    if not _covers(after, before):
        message = f"{path} takes {_text(after)}; before, {_text(before)} was enough."
        yield dangerous("ACCESS_TIGHTENED", path, message)


def tag_changes(path: str, before: set[str], after: set[str]) -> Iterator[Change]:
    """TAG_ADDED hides an element from contracts, TAG_REMOVED shows it in them."""
    for tag in sorted(after - before):
        make = breaking if tag == INTERNAL else dangerous
        yield make("TAG_ADDED", path, f"{path} was tagged {tag}: contracts without {tag} lose it.")
    for tag in sorted(before - after):
        yield security("TAG_REMOVED", path, f"{path} is no longer tagged {tag}: contracts without {tag} gain it.")


def _covers(outer: Requirement, inner: Requirement) -> bool:
    """True when whoever satisfies ``inner`` satisfies ``outer``."""
    return all(any(wanted <= scopes for wanted in outer) for scopes in inner)


def _both(left: Requirement, right: Requirement) -> Requirement:
    return frozenset(a | b for a in left for b in right)


def _text(requirement: Requirement) -> str:
    options = sorted(" and ".join(sorted(scopes)) or "no proof" for scopes in requirement)
    return " or ".join(options)
