"""Resolvers of the products schema, one module per type; no SQL."""
