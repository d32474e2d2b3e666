"""Which directives of the subgraphs' own ``@composeDirective`` carries into the supergraph, and their definitions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graphql import Node, StringValueNode

from gateway.composition.elements import DirectiveElement, DirectiveUse, Link, Subgraph
from gateway.composition.errors import DIRECTIVE_COMPOSITION_ERROR
from gateway.composition.hints import DIRECTIVE_COMPOSITION_INFO, DIRECTIVE_COMPOSITION_WARN
from gateway.composition.merge.report import Report, each_with_subgraphs, views_of
from gateway.composition.merge.views import Source, SubgraphView
from gateway.federation.directives import (
    CONNECT_IDENTITY,
    CORE_IDENTITY,
    FEDERATION_IDENTITY,
    LINK_IDENTITY,
    SISTER_SPECS,
    federation_directives,
)

_CARRIED_ANYWAY = frozenset({"tag", "inaccessible", "authenticated", "requiresScopes", "policy", "context"})


@dataclass(frozen=True, slots=True)
class ComposedSpec:
    """A spec of somebody's own that the supergraph links; ``directives`` pairs its names with those used."""

    link: Link
    directives: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComposedDirectives:
    """``by_subgraph`` holds the names of directives whose uses in that subgraph are carried over."""

    by_subgraph: Mapping[str, frozenset[str]] = field(default_factory=dict)
    definitions: Mapping[str, Source[DirectiveElement]] = field(default_factory=dict)
    specs: tuple[ComposedSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class _Request:
    """One valid ``@composeDirective``: ``name`` is what the subgraph calls the spec's directive ``original``."""

    view: SubgraphView
    name: str
    original: str
    link: Link
    use: DirectiveUse


def composed_directives(views: Sequence[SubgraphView], report: Report) -> ComposedDirectives:
    """Read the requests of all subgraphs, check that they agree, and find the newest definition of each directive."""
    requests = [request for view in views for request in _requests(view, report)]
    _hint_at_versions({request.link.identity for request in requests}, views, report)
    if not requests:
        return ComposedDirectives()
    _check_conflicts_with_carried(requests, views, report)
    newest = _newest_links(requests, views, report)
    _check_meaning(requests, report)
    _check_names(requests, views, report)
    by_subgraph: dict[str, set[str]] = {}
    definitions: dict[str, Source[DirectiveElement]] = {}
    names: dict[str, dict[str, str]] = {}
    for request in requests:
        by_subgraph.setdefault(request.view.name, set()).add(request.name)
        names.setdefault(request.link.identity, {}).setdefault(request.name, request.original)
        if request.name not in definitions and request.link.identity in newest:
            definition = _definition(request, newest[request.link.identity], report)
            if definition is not None:
                definitions[request.name] = definition
    return ComposedDirectives(
        {name: frozenset(found) for name, found in by_subgraph.items()},
        definitions,
        tuple(
            ComposedSpec(sources[-1].element, tuple((original, name) for name, original in names[identity].items()))
            for identity, sources in newest.items()
        ),
    )


def _requests(view: SubgraphView, report: Report) -> Iterator[_Request]:
    for use in view.subgraph.schema_directives:
        if use.name != "composeDirective" or use.feature != FEDERATION_IDENTITY:
            continue
        value = use.arguments.get("name")
        given = value.value if isinstance(value, StringValueNode) else ""
        if not given:
            _refuse(view, use, 'its name must not be empty: name a directive, as in "@custom"', report)
        elif not given.startswith("@"):
            _refuse(view, use, f'the name "{given}" must begin with "@"', report)
        else:
            request = _request(view, use, given[1:], report)
            if request is not None:
                yield request


def _request(view: SubgraphView, use: DirectiveUse, name: str, report: Report) -> _Request | None:
    federation_name = _federation_name(view.subgraph, name)
    if federation_name in _CARRIED_ANYWAY:
        message = f'Subgraph "{view.name}" composes @{name}, which the supergraph carries in any case.'
        report.hint(DIRECTIVE_COMPOSITION_INFO, message, [view])
        return None
    if federation_name is not None:
        _refuse(view, use, f"@{name} is a directive of federation, which is not composed", report)
        return None
    definition = view.subgraph.directives.get(name)
    if definition is None:
        _refuse(view, use, f"the subgraph defines no directive @{name}", report)
        return None
    link = next((link for link in view.subgraph.links if link.identity == definition.feature), None)
    if link is None:
        reason = f"@{name} belongs to no linked spec: link the spec that it is part of, and import it from there"
        _refuse(view, use, reason, report)
        return None
    if link.imports.get(f"@{definition.name}", f"@{name}") != f"@{name}":
        _refuse(view, use, f"@{name} is imported under another name", report)
        return None
    return _Request(view, name, definition.name, link, use)


def _refuse(view: SubgraphView, use: DirectiveUse, reason: str, report: Report) -> None:
    message = f'@composeDirective in subgraph "{view.name}" cannot be followed: {reason}.'
    report.error(DIRECTIVE_COMPOSITION_ERROR, message, [view], [(view, use.node)])


def _federation_name(subgraph: Subgraph, written: str) -> str | None:
    """The canonical name of a directive of federation or a sister spec; None for all other directives."""
    for link in subgraph.links:
        if link.identity in (LINK_IDENTITY, CORE_IDENTITY, CONNECT_IDENTITY):
            if written == link.namespace:
                return link.name
            continue
        if link.identity == FEDERATION_IDENTITY:
            owned: Sequence[str] = tuple(federation_directives(subgraph.federation_version))
        elif link.identity in SISTER_SPECS:
            owned = SISTER_SPECS[link.identity].directives
        else:
            continue
        for name in owned:
            default = link.namespace if name == link.name else f"{link.namespace}__{name}"
            if link.imports.get(f"@{name}", f"@{default}") == f"@{written}":
                return name
    return None


def _check_conflicts_with_carried(requests: Sequence[_Request], views: Sequence[SubgraphView], report: Report) -> None:
    """What the supergraph calls ``@tag`` or ``@inaccessible`` cannot also be a composed directive."""
    for request in requests:
        for carried in ("tag", "inaccessible"):
            others = [view for view in views if _federation_name(view.subgraph, request.name) == carried]
            if others:
                reason = f"@{request.name} is what subgraphs call federation's @{carried}, which the supergraph carries"
                _refuse(request.view, request.use, reason, report)


def _newest_links(
    requests: Sequence[_Request], views: Sequence[SubgraphView], report: Report
) -> dict[str, list[Source[Link]]]:
    """For each requested spec the subgraphs that link its newest version; their major versions must agree."""
    newest: dict[str, list[Source[Link]]] = {}
    for identity in dict.fromkeys(request.link.identity for request in requests):
        composing = {request.view.name for request in requests if request.link.identity == identity}
        linking = [Source(view, link) for view in views for link in view.subgraph.links if link.identity == identity]
        asked = [source for source in linking if source.view.name in composing]
        majors = {source.element.version[0] for source in asked}
        if len(majors) > 1:
            report.error(
                DIRECTIVE_COMPOSITION_ERROR,
                f"{identity} cannot be composed from different major versions: it is linked as "
                f"{each_with_subgraphs(asked, _version_words)}. Link the same major version everywhere.",
                views_of(asked),
                [(source.view, source.element.node) for source in asked],
            )
            continue
        if any(source.element.version[0] not in majors for source in linking):
            message = f"{identity} is linked as {each_with_subgraphs(linking, _version_words)}."
            report.hint(DIRECTIVE_COMPOSITION_INFO, message, views_of(linking))
        top = max(source.element.version for source in asked)
        newest[identity] = [source for source in linking if source.element.version == top]
    return newest


def _hint_at_versions(composed: Collection[str], views: Sequence[SubgraphView], report: Report) -> None:
    """Specs that are not composed may differ, but their directives could then not be composed."""
    linked: dict[str, list[Source[Link]]] = {}
    for view in views:
        for link in view.subgraph.links:
            linked.setdefault(link.identity, []).append(Source(view, link))
    for identity, sources in linked.items():
        if identity not in composed and len({source.element.version[0] for source in sources}) > 1:
            message = f"{identity} is linked as {each_with_subgraphs(sources, _version_words)}."
            report.hint(DIRECTIVE_COMPOSITION_INFO, message, views_of(sources))


def _version_words(link: Link) -> str:
    return f"v{link.version[0]}.{link.version[1]}"


def _check_meaning(requests: Sequence[_Request], report: Report) -> None:
    """One name stands for the same directive of the same spec in all subgraphs that compose it."""
    for name in dict.fromkeys(request.name for request in requests):
        alike = [request for request in requests if request.name == name]
        if len({(request.original, request.link.identity) for request in alike}) > 1:
            who = each_with_subgraphs(
                [Source(request.view, request) for request in alike],
                lambda request: f"@{request.original} of {request.link.identity}",
            )
            _report_requests(f"composed directive @{name} means {who}: it must mean the same everywhere", alike, report)


def _check_names(requests: Sequence[_Request], views: Sequence[SubgraphView], report: Report) -> None:
    """One directive bears the same name in all subgraphs that compose it; other subgraphs should follow."""
    for original in dict.fromkeys(request.original for request in requests):
        alike = [request for request in requests if request.original == original]
        if len({request.name for request in alike}) > 1:
            who = each_with_subgraphs(
                [Source(request.view, request) for request in alike], lambda request: f"@{request.name}"
            )
            _report_requests(f"composed directive @{original} is called {who}: name it alike", alike, report)
            continue
        composing = {request.view.name for request in alike}
        name, identity = alike[0].name, alike[0].link.identity
        others = [
            view
            for view in views
            if view.name not in composing
            for link in view.subgraph.links
            if link.identity == identity and link.imports.get(f"@{original}", f"@{name}") != f"@{name}"
        ]
        if others:
            message = f"Composed directive @{name} has another name in a subgraph that does not compose it."
            report.hint(DIRECTIVE_COMPOSITION_WARN, message, others)


def _report_requests(message: str, requests: Sequence[_Request], report: Report) -> None:
    places: list[tuple[SubgraphView, Node | None]] = [(request.view, request.use.node) for request in requests]
    sentence = f"{message[0].upper()}{message[1:]}."
    report.error(DIRECTIVE_COMPOSITION_ERROR, sentence, [view for view, _ in places], places)


def _definition(request: _Request, newest: Sequence[Source[Link]], report: Report) -> Source[DirectiveElement] | None:
    """The definition by the last of the subgraphs that link the newest version."""
    for source in reversed(newest):
        for definition in source.view.subgraph.directives.values():
            if definition.feature == request.link.identity and definition.name == request.original:
                return Source(source.view, definition)
    report.error(
        DIRECTIVE_COMPOSITION_ERROR,
        f"No subgraph that links the newest version of {request.link.identity} defines @{request.original}: "
        "define it there.",
        views_of(newest),
        [(source.view, source.element.node) for source in newest],
    )
    return None
