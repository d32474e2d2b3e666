"""Rules of federation on each loaded subgraph by itself, already upgraded to v2, and on what they extend."""

from .bases import check_bases
from .check import check_subgraph
from .interface_object_keys import check_interface_object_keys
from .names import check_names

__all__ = ["check_bases", "check_interface_object_keys", "check_names", "check_subgraph"]
