"""Rules on the merged schema."""

from gateway.composition.rules.merged.check import check_merged

__all__ = ["check_merged"]
