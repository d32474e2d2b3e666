"""Where the published schema is kept: an SDL per subgraph and the supergraph, committed beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gateway.composition import Composition, SubgraphSource, compose

ROUTING_URLS: Final = {
    "inventory": "http://127.0.0.1:4002/graphql",
    "orders": "http://127.0.0.1:4003/graphql",
    "products": "http://127.0.0.1:4001/graphql",
    "reviews": "http://127.0.0.1:4005/graphql",
    "users": "http://127.0.0.1:4004/graphql",
}
"""Where each subgraph answers unless the gateway's settings say otherwise."""


class UnknownSubgraph(LookupError):
    """No subgraph of that name is published."""


@dataclass(frozen=True, slots=True)
class PublishedSchema:
    """The files below ``folder``."""

    folder: Path = Path(__file__).parent

    @property
    def supergraph_file(self) -> Path:
        """The composed supergraph."""
        return self.folder / "supergraph.graphql"

    def subgraph_file(self, name: str) -> Path:
        """The SDL of one subgraph. Raises UnknownSubgraph."""
        if name not in ROUTING_URLS:
            known = ", ".join(sorted(ROUTING_URLS))
            raise UnknownSubgraph(f"there is no subgraph {name!r}; there are {known}")
        return self.folder / "subgraphs" / f"{name}.graphql"

    def sdl(self, name: str) -> str:
        """The published SDL of one subgraph. Raises UnknownSubgraph, OSError."""
        return self.subgraph_file(name).read_text(encoding="utf-8")

    def sdls(self) -> dict[str, str]:
        """The published SDL of every subgraph, by name. Raises OSError."""
        return {name: self.sdl(name) for name in sorted(ROUTING_URLS)}


def compose_subgraphs(sdls: dict[str, str]) -> Composition:
    """The supergraph of the subgraphs' SDLs, by name; the order of names does not matter."""
    return compose([SubgraphSource(name, ROUTING_URLS.get(name, ""), sdls[name]) for name in sorted(sdls)])
