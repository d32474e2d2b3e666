"""The rule by which a request travels with a later one, and the answer is complete as early as before.

Two requests to one subgraph that no other waits for become the later one of them, when that starts one round after
the earlier one and waits for all that the earlier one waits for. So no request starts later than it would have; only
what the earlier one brings comes with the later one, for which the answer waits in any case.

A request that others wait for never takes part: its answer would grow, and they would wait for that. Nor does a request
wait for a predecessor that it does not need: that one may be slow.
"""

from __future__ import annotations

from collections.abc import Sequence


def later_companions(subgraphs: Sequence[str | None], after: Sequence[Sequence[int]]) -> dict[int, int]:
    """For each request that travels with a later one: that one.

    ``subgraphs`` are those of the requests that may travel together, None for others; ``after`` are the numbers of the
    requests that each waits for, always smaller ones.
    """
    rounds: list[int] = []
    ancestors: list[frozenset[int]] = []
    for waited in after:
        rounds.append(1 + max((rounds[number] for number in waited), default=-1))
        ancestors.append(frozenset(waited).union(*(ancestors[number] for number in waited)))
    waited_for = {number for waited in after for number in waited}
    last = [number for number, name in enumerate(subgraphs) if name is not None and number not in waited_for]
    companions: dict[int, int] = {}
    for late in reversed(last):
        for early in last:
            if (
                not {early, late} & companions.keys()
                and subgraphs[early] == subgraphs[late]
                and rounds[early] + 1 == rounds[late]
                and ancestors[early] <= ancestors[late]
            ):
                companions[early] = late
    return companions
