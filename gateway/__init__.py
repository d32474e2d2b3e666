"""The federation gateway: composes, plans and serves a supergraph."""
