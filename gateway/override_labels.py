"""Which labels of progressive ``@override`` are active for a request.

``percent(25)`` is active for a quarter of the requests, drawn anew for each; other labels are switched by settings.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

_PERCENT = re.compile(r"percent\((\d{1,3}(?:\.\d{1,8})?)\)")


@dataclass(frozen=True, slots=True)
class OverrideLabels:
    """``switched_on`` are the labels that settings activate; ``draw`` gives a number from 0 up to 100."""

    switched_on: frozenset[str] = frozenset()
    draw: Callable[[], float] = field(default=lambda: random.random() * 100)  # noqa: S311 - no secret depends on it

    def active(self, labels: frozenset[str]) -> frozenset[str]:
        """Those of the supergraph's ``labels`` that are active for one request."""
        if not labels:
            return labels
        drawn = self.draw()
        return frozenset(label for label in labels if label in self.switched_on or _is_drawn(label, drawn))


def _is_drawn(label: str, drawn: float) -> bool:
    """One draw serves all labels of a request: percent(10) being active implies that percent(50) is."""
    match = _PERCENT.fullmatch(label)
    return match is not None and drawn < float(match.group(1))
