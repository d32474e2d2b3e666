"""Ground that the gateway and the subgraphs stand on."""
