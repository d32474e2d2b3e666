"""Which directives the supergraph carries, under which names, and what it links for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphql import DirectiveNode, NullValueNode, StringValueNode, ValueNode, parse_value

from gateway.composition.elements import DirectiveUse, Subgraph
from gateway.composition.errors import LINK_IMPORT_NAME_MISMATCH
from gateway.composition.hints import IMPLICITLY_UPGRADED_FEDERATION_VERSION
from gateway.composition.merge.compose_directive import ComposedDirectives, composed_directives
from gateway.composition.merge.report import Report, each_with_subgraphs, views_of
from gateway.composition.merge.views import Source, SubgraphView
from gateway.federation.directives import CONNECT_IDENTITY, FEDERATION_IDENTITY, UPGRADED_FEDERATION, Version
from gateway.federation.join import JOIN_V0_3, JOIN_V0_4, JOIN_V0_5
from gateway.federation.supergraph_specs import ACCESS_CONTROL, CACHE_TAG, CARRIED_SPECS, NOT_CARRIED, carried_directive

BUILT_IN_DIRECTIVES = frozenset({"skip", "include", "deprecated", "specifiedBy", "defer", "stream"})
_DEPRECATED_REASON = StringValueNode(value="No longer supported")
_SPECS_NEEDING: Mapping[str, Version] = {
    "https://specs.apollo.dev/authenticated": (2, 5),
    "https://specs.apollo.dev/cost": (2, 9),
    CONNECT_IDENTITY: (2, 10),
}


@dataclass(frozen=True, slots=True)
class Features:
    """``carried`` maps canonical names of federation's directives to those of the supergraph."""

    join_version: Version
    carried: Mapping[str, str]
    records_cache_tags: bool
    composed: ComposedDirectives
    canonical: Mapping[str, str]

    @property
    def inaccessible(self) -> str | None:
        """What the supergraph calls ``@inaccessible``; None when nothing is."""
        return self.carried.get("inaccessible")

    @property
    def access_control(self) -> dict[str, str]:
        """The directives of access control in use, with their names in the supergraph."""
        return {name: self.carried[name] for name in ACCESS_CONTROL if name in self.carried}

    def name_in_supergraph(self, view: SubgraphView, use: DirectiveUse) -> str | None:
        """The name under which the supergraph applies a directive; None when it does not."""
        if use.feature == FEDERATION_IDENTITY:
            return self.carried.get(use.name)
        written = written_name(use)
        if written in self.composed.by_subgraph.get(view.name, ()):
            return written
        if use.feature is not None or use.name not in BUILT_IN_DIRECTIVES or _says_nothing(use):
            return None
        return use.name

    def carries_onto_external(self, use: DirectiveUse) -> bool:
        """Whether it is an error to put the directive on an external field, which has no place in the supergraph."""
        if use.feature == FEDERATION_IDENTITY:
            return use.name in self.carried
        return use.feature is None and use.name in BUILT_IN_DIRECTIVES

    def is_repeatable(self, name: str) -> bool:
        """Whether the supergraph may apply a directive several times to one element."""
        canonical = self.canonical.get(name)
        if canonical is not None:
            return carried_directive(canonical).repeatable
        definition = self.composed.definitions.get(name)
        return definition is not None and definition.element.repeatable

    def defaults(self, name: str, view: SubgraphView) -> Iterator[tuple[str, ValueNode]]:
        """What the arguments of a directive are in a subgraph, by its own definition, where they are not given."""
        canonical = self.canonical.get(name)
        if canonical is not None:
            for argument in carried_directive(canonical).arguments:
                yield argument.name, parse_value(argument.default) if argument.default else NullValueNode()
        elif name in view.subgraph.directives:
            for given in view.subgraph.directives[name].arguments.values():
                yield given.name, given.default or NullValueNode()
        elif name == "deprecated":
            yield "reason", _DEPRECATED_REASON


def _says_nothing(use: DirectiveUse) -> bool:
    """Whether a deprecation has null for its reason: introspection then says that there is none."""
    return use.name == "deprecated" and isinstance(use.arguments.get("reason"), NullValueNode)


def written_name(use: DirectiveUse) -> str:
    """What the subgraph calls the directive that it applies."""
    return use.node.name.value if isinstance(use.node, DirectiveNode) else use.name


def supergraph_features(views: Sequence[SubgraphView], report: Report) -> Features:
    """Find what the subgraphs use; report names and versions that do not agree."""
    carried = _carried(views, report)
    version = max((_federation_version(view, report) for view in views), default=(2, 0))
    return Features(
        join_version=_join_version(version),
        carried={name: used for name, used in carried.items() if name != CACHE_TAG},
        records_cache_tags=CACHE_TAG in carried,
        composed=composed_directives(views, report),
        canonical={used: name for name, used in carried.items() if name != CACHE_TAG},
    )


def _join_version(federation: Version) -> Version:
    if federation >= (2, 8):
        return JOIN_V0_5
    return JOIN_V0_4 if federation >= (2, 7) else JOIN_V0_3


def _federation_version(view: SubgraphView, report: Report) -> Version:
    """The version that a subgraph links, or the newer one that a spec it links needs."""
    linked = UPGRADED_FEDERATION if view.subgraph.is_fed1 else view.subgraph.federation_version
    needed = {
        link.identity: _SPECS_NEEDING[link.identity] for link in view.subgraph.links if link.identity in _SPECS_NEEDING
    }
    identity = max(needed, key=lambda name: needed[name], default=None)
    if identity is None or needed[identity] <= linked:
        return linked
    newer = needed[identity]
    message = (
        f'Subgraph "{view.name}" links federation v{linked[0]}.{linked[1]} but {identity}, '
        f"which needs v{newer[0]}.{newer[1]}: that version is assumed."
    )
    report.hint(IMPLICITLY_UPGRADED_FEDERATION_VERSION, message, [view])
    return newer


def _carried(views: Sequence[SubgraphView], report: Report) -> dict[str, str]:
    """Canonical names of the carried directives that are applied anywhere, with the names they are applied under."""
    wanted = {name for spec in CARRIED_SPECS for name in spec.directives} - NOT_CARRIED
    names: dict[str, dict[str, Source[str]]] = {}
    for view in views:
        for use in _uses(view.subgraph):
            if use.feature == FEDERATION_IDENTITY and use.name in wanted:
                names.setdefault(use.name, {}).setdefault(view.name, Source(view, written_name(use)))
    carried: dict[str, str] = {}
    for name, by_subgraph in names.items():
        sources = list(by_subgraph.values())
        if len({source.element for source in sources}) > 1:
            report.error(
                LINK_IMPORT_NAME_MISMATCH,
                f"@{name} goes into the supergraph under one name, but is imported as "
                f"{each_with_subgraphs(sources, '@{}'.format)}. Import it under the same name everywhere.",
                views_of(sources),
            )
        carried[name] = sources[0].element
    return carried


def _uses(subgraph: Subgraph) -> Iterator[DirectiveUse]:
    yield from subgraph.schema_directives
    for definition in subgraph.directives.values():
        for argument in definition.arguments.values():
            yield from argument.directives
    for element in subgraph.types.values():
        yield from element.directives
        for field in element.fields.values():
            yield from field.directives
            for argument in field.arguments.values():
                yield from argument.directives
        for input_field in element.input_fields.values():
            yield from input_field.directives
        for value in element.values.values():
            yield from value.directives
