"""Rules on the merged schema."""

from .check import check_merged

__all__ = ["check_merged"]
