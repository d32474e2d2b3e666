"""Payloads on the wire, one module per domain that publishes them. Additive changes only; else a new version."""
