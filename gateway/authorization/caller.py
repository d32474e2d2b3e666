"""The verified caller of a request, as authorization sees it."""

from __future__ import annotations

from dataclasses import dataclass

from shared.auth.principal import ANONYMOUS, Principal


@dataclass(frozen=True, slots=True)
class Caller:
    """``policies`` are the names for ``@policy`` that were evaluated in the caller's favour."""

    principal: Principal = ANONYMOUS
    policies: frozenset[str] = frozenset()


ANONYMOUS_CALLER = Caller()
