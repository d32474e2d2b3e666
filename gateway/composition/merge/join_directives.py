"""Records directives that the supergraph keeps for its subgraphs without applying them itself."""

from __future__ import annotations

from collections.abc import Hashable

from gateway.composition.elements import DirectiveUse
from gateway.composition.literals import arguments_key
from gateway.composition.merge.applied_directives import Applied
from gateway.composition.merge.features import written_name
from gateway.federation.directives import CONNECT_IDENTITY, FEDERATION_IDENTITY, LINK_IDENTITY
from gateway.federation.join import JoinDirective
from gateway.federation.supergraph_specs import CACHE_TAG


def record_directives(applied: Applied) -> tuple[JoinDirective, ...]:
    """``@cacheTag`` and what the connect spec defines, one record for all subgraphs that apply it alike."""
    records: dict[tuple[str, Hashable], tuple[DirectiveUse, list[str]]] = {}
    for view, uses in applied:
        for use in uses:
            name = _recorded_name(use)
            if name is not None:
                key = (name, arguments_key(use.arguments))
                records.setdefault(key, (use, []))[1].append(view.graph)
    return tuple(
        JoinDirective(tuple(graphs), name, tuple(use.arguments.items())) for (name, _), (use, graphs) in records.items()
    )


def _recorded_name(use: DirectiveUse) -> str | None:
    """The name that the directive has in a subgraph that does not import it."""
    if use.feature == FEDERATION_IDENTITY:
        return f"federation__{use.name}" if use.name == CACHE_TAG else None
    if use.feature == CONNECT_IDENTITY:
        return written_name(use)
    return "link" if _links_connect(use) else None


def _links_connect(use: DirectiveUse) -> bool:
    url = use.arguments.get("url")
    return (
        use.feature == LINK_IDENTITY
        and use.name == "link"
        and str(getattr(url, "value", "")).startswith(f"{CONNECT_IDENTITY}/")
    )
