"""Where merging reports: errors that name several subgraphs, hints, and the words for who defines what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from graphql import Node

from gateway.composition.errors import CompositionError, ErrorCode
from gateway.composition.hints import CompositionHint, HintCode
from gateway.composition.merge.views import Source, SubgraphView
from gateway.composition.problems import locate

Element = TypeVar("Element")


@dataclass(slots=True)
class Report:
    """Errors and hints found so far, in the order found."""

    errors: list[CompositionError] = field(default_factory=list)
    hints: list[CompositionHint] = field(default_factory=list)

    def error(
        self,
        code: ErrorCode,
        message: str,
        views: Iterable[SubgraphView],
        places: Iterable[tuple[SubgraphView, Node | None]] = (),
    ) -> None:
        """Add an error of the subgraphs ``views``; ``places`` are the nodes to look at."""
        subgraphs = tuple(dict.fromkeys(view.name for view in views))
        locations = tuple(spot for view, node in places for spot in locate(view.name, node))
        self.errors.append(CompositionError(code, message, subgraphs, locations))

    def hint(self, code: HintCode, message: str, views: Iterable[SubgraphView] = ()) -> None:
        """Add a hint that concerns the subgraphs ``views``."""
        subgraphs = tuple(dict.fromkeys(view.name for view in views))
        self.hints.append(CompositionHint(code.name, message, subgraphs))


def in_subgraphs(views: Iterable[SubgraphView]) -> str:
    """``subgraph "a"`` or ``subgraphs "a", "b" and "c"``."""
    return named_list([f'"{name}"' for name in dict.fromkeys(view.name for view in views)], "subgraph", "subgraphs")


def named_list(items: Sequence[str], singular: str, plural: str) -> str:
    """``type A`` or ``types A, B and C``."""
    if len(items) == 1:
        return f"{singular} {items[0]}"
    return f"{plural} {', '.join(items[:-1])} and {items[-1]}"


def each_with_subgraphs(sources: Iterable[Source[Element]], describe: Callable[[Element], str]) -> str:
    """``type "Int" in subgraph "a" but type "String" in subgraph "b"``: who says what, alike ones joined."""
    said: dict[str, list[SubgraphView]] = {}
    for source in sources:
        said.setdefault(describe(source.element), []).append(source.view)
    return " but ".join(f"{words} in {in_subgraphs(views)}" for words, views in said.items())


def views_of(sources: Iterable[Source[Element]]) -> list[SubgraphView]:
    """The subgraphs of some sources."""
    return [source.view for source in sources]
