"""The rules on hidden elements, in one list."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.merge.report import Report
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import MergedSchema
from gateway.composition.rules.merged.inaccessible.default_values import check_default_values
from gateway.composition.rules.merged.inaccessible.disallowed import check_disallowed
from gateway.composition.rules.merged.inaccessible.hidden import Hidden
from gateway.composition.rules.merged.inaccessible.implemented import check_implemented
from gateway.composition.rules.merged.inaccessible.only_children import check_only_children
from gateway.composition.rules.merged.inaccessible.referenced import check_referenced
from gateway.composition.rules.merged.inaccessible.required import check_required

_RULES = (
    check_disallowed,
    check_referenced,
    check_only_children,
    check_implemented,
    check_required,
    check_default_values,
)


def check_inaccessible(schema: MergedSchema, views: Sequence[SubgraphView], report: Report) -> None:
    """Report hidden elements that the visible schema cannot do without."""
    name = schema.carried.get("inaccessible")
    if name is None:
        return
    hidden = Hidden(schema, name, views, report)
    for rule in _RULES:
        rule(hidden)
