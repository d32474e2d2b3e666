"""Composes SDL given in a test: ``compose(a="type Query { … }")`` gives the outcome to assert on."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from gateway.composition import Composition, CompositionError, SubgraphSource
from gateway.composition import compose as compose_sources
from gateway.federation.directives import federation_directives

NEWEST = (2, 12)


def _link(version):
    imports = ", ".join(f'"@{name}"' for name in federation_directives(version))
    number = f"{version[0]}.{version[1]}"
    return f'extend schema @link(url: "https://specs.apollo.dev/federation/v{number}", import: [{imports}]) '


@dataclass(frozen=True)
class Outcome:
    composition: Composition

    @property
    def codes(self) -> list[str]:
        return [error.code.name for error in self.composition.errors]

    @property
    def supergraph(self) -> str:
        assert not self.codes, [error.message for error in self.composition.errors]
        assert self.composition.supergraph is not None
        return self.composition.supergraph.text

    def error(self, code: str) -> CompositionError:
        """The one error with this code; it must say where it is, if it is about text of a subgraph."""
        found = [error for error in self.composition.errors if error.code.name == code]
        assert len(found) == 1, [(error.code.name, error.message) for error in self.composition.errors]
        assert self.composition.supergraph is None
        return found[0]


@pytest.fixture(scope="session")
def compose():
    """Compose subgraphs given by name.

    Each links the newest federation and imports all of it, unless its text links something itself. ``federation``
    chooses another version; None gives the text as it is, which is federation v1.
    """

    def run(*, federation=NEWEST, **sdls) -> Outcome:
        sources = [
            SubgraphSource(
                name, f"http://{name}", sdl if federation is None or "@link" in sdl else _link(federation) + sdl
            )
            for name, sdl in sdls.items()
        ]
        return Outcome(compose_sources(sources))

    return run
