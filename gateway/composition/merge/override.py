"""Follows ``@override``: which subgraphs a field has been taken from, and whether that is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import StringValueNode

from gateway.composition.elements import DirectiveUse, FieldElement
from gateway.composition.errors import (
    OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE,
    OVERRIDE_FROM_SELF_ERROR,
    OVERRIDE_LABEL_INVALID,
    OVERRIDE_ON_INTERFACE,
    OVERRIDE_SOURCE_HAS_OVERRIDE,
    ErrorCode,
)
from gateway.composition.field_usage import federation_uses, has_federation_use
from gateway.composition.hints import (
    FROM_SUBGRAPH_DOES_NOT_EXIST,
    OVERRIDDEN_FIELD_CAN_BE_REMOVED,
    OVERRIDE_DIRECTIVE_CAN_BE_REMOVED,
    OVERRIDE_MIGRATION_IN_PROGRESS,
)
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.field_sources import FieldSources
from gateway.composition.merge.report import named_list
from gateway.composition.merge.views import Source
from gateway.supergraph.model import TypeKind

_LABEL = re.compile(r"[a-zA-Z][a-zA-Z0-9_\-:./]*|percent\((\d{1,2}(\.\d{1,8})?|100)\)")


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the overrides of one field come to, by names of subgraphs.

    The field was taken from those in ``used``, which still need it there, and ``unused``. ``labels`` are those of
    progressive overrides, for both ends. ``without_source`` override a subgraph that does not exist.
    """

    used: frozenset[str] = frozenset()
    unused: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    without_source: frozenset[str] = frozenset()

    def is_overridden(self, subgraph: str) -> bool:
        """Whether the subgraph does not resolve the field any more."""
        return subgraph in self.used or subgraph in self.unused


NO_OVERRIDES = Overrides()


@dataclass(frozen=True, slots=True)
class _Override:
    """One ``@override``, with where it stands."""

    source: Source[FieldElement]
    use: DirectiveUse
    origin: str
    label: str | None


@dataclass(slots=True)
class _Found:
    used: set[str] = field(default_factory=set)
    unused: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    without_source: set[str] = field(default_factory=set)


def find_overrides(sources: FieldSources, context: MergeContext) -> Overrides:
    """Check every ``@override`` of a field and find what it takes."""
    overrides = _overrides(sources)
    if not overrides:
        return NO_OVERRIDES
    found = _Found()
    for override in overrides.values():
        _follow(override, overrides, sources, found, context)
    return Overrides(frozenset(found.used), frozenset(found.unused), found.labels, frozenset(found.without_source))


def override_use(element: FieldElement) -> DirectiveUse | None:
    """The ``@override`` of a field."""
    return next(iter(federation_uses(element, "override")), None)


def origin_of(use: DirectiveUse) -> str:
    """The subgraph that an ``@override`` takes the field from."""
    return _text(use, "from") or ""


def _text(use: DirectiveUse, argument: str) -> str | None:
    value = use.arguments.get(argument)
    return value.value if isinstance(value, StringValueNode) else None


def _overrides(sources: FieldSources) -> dict[str, _Override]:
    found: dict[str, _Override] = {}
    for source in sources.present:
        if source.element.directives:
            use = override_use(source.element)
            if use is not None:
                found[source.view.name] = _Override(source, use, origin_of(use), _text(use, "label"))
    return found


def _follow(
    override: _Override,
    overrides: Mapping[str, _Override],
    sources: FieldSources,
    found: _Found,
    context: MergeContext,
) -> None:
    view, origin, coordinate = override.source.view, override.origin, sources.coordinate
    what = f'@override of "{coordinate}" in subgraph "{view.name}"'
    if _refused_on_its_type(override, sources, what, context):
        return
    if all(origin != other.name for other in context.views):
        found.without_source.add(view.name)
        message = f'{what} takes the field from subgraph "{origin}", which does not exist.'
        context.report.hint(FROM_SUBGRAPH_DOES_NOT_EXIST, message, [view])
        return
    if origin == view.name:
        message = f"{what} takes the field from its own subgraph: name the subgraph that it is moving from."
        _report(OVERRIDE_FROM_SELF_ERROR, message, override, context)
        return
    if origin in overrides:
        message = f'{what} takes the field from subgraph "{origin}", which itself overrides it: keep one @override.'
        _report(OVERRIDE_SOURCE_HAS_OVERRIDE, message, override, context)
        return
    taken = next((source for source in sources.present if source.view.name == origin), None)
    if taken is not None:
        _take(override, taken, sources, found, context)
        return
    abstractions = [source.element.interface for source in sources.abstracted if source.view.name == origin]
    if abstractions:
        types = named_list([f'"{name}"' for name in abstractions], "type", "types")
        message = (
            f'{what} takes the field from subgraph "{origin}", which gives it by @interfaceObject {types}: '
            "such a field cannot be overridden."
        )
        _report(OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE, message, override, context)
        return
    message = f'{what} can be removed: subgraph "{origin}" does not have the field any more.'
    context.report.hint(OVERRIDE_DIRECTIVE_CAN_BE_REMOVED, message, [view])


def _refused_on_its_type(override: _Override, sources: FieldSources, what: str, context: MergeContext) -> bool:
    element = override.source.view.subgraph.types[sources.type_name]
    if element.kind is TypeKind.INTERFACE:
        message = f"{what} stands on a field of an interface: put it on the fields of the implementations."
        _report(OVERRIDE_ON_INTERFACE, message, override, context)
        return True
    if has_federation_use(element, "interfaceObject"):
        message = f"{what} stands on a field of an @interfaceObject type, which is not supported."
        _report(OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE, message, override, context)
        return True
    return False


def _take(
    override: _Override,
    taken: Source[FieldElement],
    sources: FieldSources,
    found: _Found,
    context: MergeContext,
) -> None:
    """The origin has the field: take it, unless other directives need it to stay where it is."""
    view, origin, coordinate = override.source.view, override.origin, sources.coordinate
    collision = _collision(override, taken, sources)
    if collision is not None:
        message = (
            f'@override of "{coordinate}" in subgraph "{view.name}" cannot stand because of {collision}: '
            "remove one of them."
        )
        _report(OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE, message, override, context)
        return
    is_used = (sources.type_name, sources.name) in taken.view.usage.used
    if sources.is_external(taken.view):
        message = (
            f'@override of "{coordinate}" in subgraph "{view.name}" can be removed: '
            f'subgraph "{origin}" marks the field @external.'
        )
        context.report.hint(OVERRIDE_DIRECTIVE_CAN_BE_REMOVED, message, [view])
    else:
        (found.used if is_used else found.unused).add(origin)
        if not override.label:
            advice = "mark it @external there, since other directives use it" if is_used else "remove it there"
            message = f'Field "{coordinate}" of subgraph "{origin}" is overridden by subgraph "{view.name}": {advice}.'
            context.report.hint(OVERRIDDEN_FIELD_CAN_BE_REMOVED, message, [taken.view])
    if override.label:
        _label(override, coordinate, found, context)


def _collision(override: _Override, taken: Source[FieldElement], sources: FieldSources) -> str | None:
    for name in ("requires", "provides"):
        if has_federation_use(taken.element, name):
            return f'@{name} on the field of subgraph "{taken.view.name}"'
    if sources.is_external(override.source.view):
        return "@external on the same field"
    return None


def _label(override: _Override, coordinate: str, found: _Found, context: MergeContext) -> None:
    view, label = override.source.view, override.label
    assert label is not None
    if _LABEL.fullmatch(label):
        found.labels[view.name] = found.labels[override.origin] = label
    else:
        message = (
            f'@override of "{coordinate}" in subgraph "{view.name}" has the invalid label "{label}": a label is a '
            "letter followed by letters, digits and any of _-:./ or percent(N) with N from 0 to 100 and at most "
            "eight decimals."
        )
        _report(OVERRIDE_LABEL_INVALID, message, override, context)
    message = f'Field "{coordinate}" is moving from subgraph "{override.origin}" to subgraph "{view.name}".'
    context.report.hint(OVERRIDE_MIGRATION_IN_PROGRESS, message, [view])


def _report(code: ErrorCode, message: str, override: _Override, context: MergeContext) -> None:
    view = override.source.view
    context.report.error(code, message, [view], [(view, override.use.node)])
