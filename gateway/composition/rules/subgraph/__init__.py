"""Rules of federation on each loaded subgraph by itself, already upgraded to v2, and on what they extend."""

from gateway.composition.rules.subgraph.bases import check_bases
from gateway.composition.rules.subgraph.check import check_subgraph
from gateway.composition.rules.subgraph.interface_object_keys import check_interface_object_keys
from gateway.composition.rules.subgraph.names import check_names

__all__ = ["check_bases", "check_interface_object_keys", "check_names", "check_subgraph"]
