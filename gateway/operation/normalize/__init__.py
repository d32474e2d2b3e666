"""Passes that turn one operation of a document into the form that is planned."""

from gateway.operation.normalize.normalize import normalize_operation

__all__ = ["normalize_operation"]
