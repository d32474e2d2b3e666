"""``@inaccessible``: what is hidden leaves a valid schema behind (https://specs.apollo.dev/inaccessible/v0.2/)."""

from gateway.composition.rules.merged.inaccessible.check import check_inaccessible

__all__ = ["check_inaccessible"]
