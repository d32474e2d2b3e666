"""Merges unions: all members of all subgraphs."""

from __future__ import annotations

from gateway.composition.hints import INCONSISTENT_UNION_MEMBER
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.report import in_subgraphs, views_of
from gateway.composition.merge.views import TypeSources
from gateway.federation.join import JoinUnionMember


def merge_members(
    name: str, sources: TypeSources, context: MergeContext
) -> tuple[tuple[str, ...], tuple[JoinUnionMember, ...]]:
    """The members of a union, and which subgraphs have which."""
    members = context.shape.members[name]
    joins: list[JoinUnionMember] = []
    for member in members:
        having = [source.view for source in sources if member in source.element.members]
        joins += (JoinUnionMember(view.graph, member) for view in having)
        if len(having) < len(sources):
            lacking = [source.view for source in sources if member not in source.element.members]
            message = (
                f'Union "{name}" has member "{member}" in {in_subgraphs(having)} but not in {in_subgraphs(lacking)}.'
            )
            context.report.hint(INCONSISTENT_UNION_MEMBER, message, views_of(sources))
    return members, tuple(joins)
