"""Objects that come again and again in one answer: the author of many reviews, the product in many orders.

A subgraph writes out such an object each time it is met, with all that was asked for below it. Where a single object
(not a list) is selected below a list, its text is therefore looked up before it is decoded: equal texts become one
struct, which is asked for once, filled once, and written many times. Equal texts of one position stay equal to the
end, because all that is added to an object depends on what is in it.
"""

from __future__ import annotations

from gateway.compiled.layout import ObjectLayout, StepId


def mark_repeating(layout: ObjectLayout, step: StepId, *, in_list: bool) -> None:
    """Mark the positions below ``layout`` whose objects ``step`` is likely to repeat.

    An object right inside a repeating one is there once for each distinct text: only a list makes it repeat again.
    """
    for slot in layout.brought_by(step):
        if slot.child is None or slot.type is None:
            continue
        is_list = slot.type.item is not None
        # What several fetches bring depends on the objects that hold it, not on one text alone.
        slot.child.repeating = in_list and not is_list and len(slot.steps) == 1
        for child in slot.child.layouts:
            mark_repeating(child, step, in_list=is_list)
