"""What nothing waits for comes with a later fetch from the same subgraph at the same path, if there is one.

The answer waits for the later fetch in any case. But no object may come to need more for it: where the subgraph that
brings the further need does not know the object, its representation would not be whole and would not be sent. So the
later fetch is one for objects of other types, or for more of the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from gateway.planner.fetch_group import FetchGroup, Representation


def join_later(groups: Sequence[FetchGroup]) -> list[FetchGroup]:
    """The groups, less those that another takes in. Their conditions are known."""
    waited_for = {before for group in groups for before in group.depends_on}
    by_place: dict[object, list[FetchGroup]] = {}
    for group in groups:
        if group.represented:
            by_place.setdefault(group.place, []).append(group)
    joined: set[FetchGroup] = set()
    for same_place in by_place.values():
        for group in sorted(same_place, key=lambda item: item.wave):
            if group in waited_for:
                continue
            later = next((other for other in same_place if other not in joined and _takes_in(other, group)), None)
            if later is not None:
                later.absorb(group)
                joined.add(group)
    return [group for group in groups if group not in joined]


def _takes_in(later: FetchGroup, group: FetchGroup) -> bool:
    """Whether the later fetch is made wherever the other is, waits for nothing more then, and loses no object."""
    made_under = later.conditions or frozenset()
    return (
        later.wave > group.wave
        and group.depends_on <= later.ancestors
        and made_under <= (group.conditions or frozenset())
        and all((before.conditions or frozenset()) <= made_under for before in group.depends_on)
        and later.input_rewrites == group.input_rewrites
        and not (later.context_values or group.context_values)
        and all(
            later.represented[type_name].fields == known.fields
            and all(
                later.can_represent(Representation(type_name, tuple(known.fields), objects))
                for objects in known.object_sets
            )
            for type_name, known in group.represented.items()
            if type_name in later.represented
        )
    )
