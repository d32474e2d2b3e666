"""What the supergraph links, each spec under a namespace that stands for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_letters

from gateway.composition.merge.context import MergeContext
from gateway.composition.merged_elements import SupergraphLink
from gateway.federation.directives import CONNECT_IDENTITY
from gateway.federation.join import JOIN_IDENTITY
from gateway.federation.supergraph_specs import CACHE_TAG, CARRIED_SPECS, LINK_DEFINITIONS, LINK_URL


@dataclass(slots=True)
class _Namespaces:
    """Names in use. A namespace must not be one, nor be what one begins with before ``__``."""

    names: set[str]
    taken: set[str] = field(default_factory=set)
    renamed: int = 0

    def free(self, name: str, own: set[str]) -> str | None:
        """None if the spec's own name can be its namespace, else a name made up. ``own`` are its imported names."""
        foreign = self.names - own
        clash = any(other == name or other.startswith(f"{name}__") for other in foreign)
        valid = name.isidentifier() and name.isascii() and "__" not in name and not name.endswith("_")
        if valid and not clash and name not in self.taken:
            self.taken.add(name)
            return None
        self.renamed += 1
        return f"_{self.renamed}{''.join(letter for letter in name if letter in ascii_letters)}"


def supergraph_links(context: MergeContext) -> tuple[SupergraphLink, ...]:
    """The link spec and the join spec first, then what the subgraphs' directives come from."""
    carried, composed = context.features.carried, context.features.composed.specs
    imported = {*carried.values(), *(name for spec in composed for _, name in spec.directives)}
    namespaces = _Namespaces(imported, {"link", "join"})
    major, minor = context.features.join_version
    return (
        SupergraphLink(LINK_URL, definitions=LINK_DEFINITIONS),
        SupergraphLink(f"{JOIN_IDENTITY}/v{major}.{minor}", purpose="EXECUTION"),
        *_carried_links(context, namespaces),
        *_composed_links(context, namespaces),
        *_connect_links(context),
    )


def _carried_links(context: MergeContext, namespaces: _Namespaces) -> Iterator[SupergraphLink]:
    features = context.features
    for spec in CARRIED_SPECS:
        names = {name: features.carried[name] for name in spec.directives if name in features.carried}
        if spec.name == CACHE_TAG and features.records_cache_tags:
            yield SupergraphLink(spec.url, spec.purpose)
        if not names:
            continue
        own = {used for name, used in names.items() if used == spec.default_name(name, spec.name)}
        namespace = namespaces.free(spec.name, own)
        imports = {
            name: used for name, used in names.items() if used != spec.default_name(name, namespace or spec.name)
        }
        yield SupergraphLink(
            spec.url,
            spec.purpose,
            namespace,
            tuple((f"@{name}", f"@{used}") for name, used in imports.items()),
            spec.definitions(namespace or spec.name, imports),
        )


def _composed_links(context: MergeContext, namespaces: _Namespaces) -> Iterator[SupergraphLink]:
    for spec in context.features.composed.specs:
        major, minor = spec.link.version
        own = {name for original, name in spec.directives if name == original == spec.link.name}
        yield SupergraphLink(
            f"{spec.link.identity}/v{major}.{minor}",
            namespace=namespaces.free(spec.link.name, own),
            imports=tuple((f"@{original}", f"@{name}") for original, name in spec.directives),
        )


def _connect_links(context: MergeContext) -> Iterator[SupergraphLink]:
    """Connectors are recorded for the subgraphs; the supergraph only says that there are some."""
    versions = [
        link.version for view in context.views for link in view.subgraph.links if link.identity == CONNECT_IDENTITY
    ]
    if versions:
        major, minor = max(versions)
        yield SupergraphLink(f"{CONNECT_IDENTITY}/v{major}.{minor}", purpose="EXECUTION")
