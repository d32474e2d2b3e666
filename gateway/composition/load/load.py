"""The story of loading: each subgraph by itself, then federation v1 brought up to v2, then the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.composition.elements import Subgraph, SubgraphSource
from gateway.composition.errors import CompositionError
from gateway.composition.load.read import read_subgraph
from gateway.composition.load.upgrade import upgrade_subgraphs
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph import check_bases, check_interface_object_keys, check_names, check_subgraph


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The subgraphs, all valid by themselves; none when errors keep them from being merged.

    There may be errors besides subgraphs: extensions of what no subgraph defines do not keep the rest from merging.
    """

    subgraphs: tuple[Subgraph, ...]
    errors: tuple[CompositionError, ...]


def load_subgraphs(sources: Sequence[SubgraphSource]) -> LoadResult:
    """Load every subgraph and check it by itself.

    As many rules run as can: an error in one subgraph does not hide those of another. Only the upgrade of federation
    v1, which looks at all subgraphs, needs all of them to be valid so far.
    """
    problems, baseless = Problems(), Problems()
    check_names([source.name for source in sources], problems)
    read = [read_subgraph(source, problems) for source in sources]
    subgraphs = tuple(subgraph for subgraph in read if subgraph is not None)
    is_clean = not problems.errors
    if is_clean:
        check_bases(subgraphs, baseless)
        check_interface_object_keys(subgraphs, problems)
        subgraphs = upgrade_subgraphs(subgraphs, problems)
    for subgraph in subgraphs:
        if is_clean or not subgraph.is_fed1:
            check_subgraph(subgraph, problems)
    errors = (*problems.errors, *baseless.errors)
    return LoadResult(() if problems.errors else subgraphs, errors)
