"""Rules of federation on each loaded subgraph by itself, already upgraded to v2, and on what they extend."""

from .bases import check_bases
from .check import check_subgraph
from .names import check_names

__all__ = ["check_bases", "check_names", "check_subgraph"]
