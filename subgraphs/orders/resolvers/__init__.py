"""Resolvers of the orders schema, one module per type; no SQL. Leaves are already in place when a node is made."""
