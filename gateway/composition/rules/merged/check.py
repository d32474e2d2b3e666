"""All rules on the merged schema, in the order in which they make sense."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.merge.report import Report
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import MergedSchema
from gateway.composition.rules.merged.inaccessible import check_inaccessible
from gateway.composition.rules.merged.interface_fields import check_interface_fields
from gateway.composition.rules.merged.requires_arguments import check_requires_arguments
from gateway.composition.rules.merged.transitive_access import check_transitive_access
from gateway.composition.rules.merged.valid_graphql import check_valid_graphql


def check_merged(schema: MergedSchema, views: Sequence[SubgraphView], report: Report) -> None:
    """Report what subgraphs that are valid by themselves get wrong together.

    Later groups of rules presume what earlier ones ensure, so the first group that finds errors is the last.
    """
    check_interface_fields(schema, views, report)
    check_requires_arguments(schema, views, report)
    check_transitive_access(schema, views, report)
    if not report.errors:
        check_valid_graphql(schema, views, report)
    if not report.errors:
        check_inaccessible(schema, views, report)
