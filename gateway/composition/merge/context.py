"""What every merging step is given."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphql import Node

from gateway.composition.merge.access_control import AccessRules
from gateway.composition.merge.features import Features
from gateway.composition.merge.report import Report
from gateway.composition.merge.shape import Shape
from gateway.composition.merge.views import SubgraphView


@dataclass(frozen=True, slots=True)
class EnumUse:
    """The first place found that uses an enum, as an example in messages."""

    coordinate: str
    view: SubgraphView
    node: Node


@dataclass(slots=True)
class EnumUses:
    """Where enums are used for input and for output; complete once all but enums is merged."""

    input: dict[str, EnumUse] = field(default_factory=dict)
    output: dict[str, EnumUse] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MergeContext:
    """The subgraphs, what is known of the whole supergraph, and where to report."""

    views: tuple[SubgraphView, ...]
    shape: Shape
    features: Features
    access_rules: AccessRules
    report: Report
    enum_uses: EnumUses
