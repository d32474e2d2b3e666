"""Passes that turn one operation of a document into the form that is planned."""

from gateway.operation.normalize.extract_literals import ExtractedOperation, extract_literals
from gateway.operation.normalize.normalize import normalize_operation
from gateway.operation.normalize.rename_variables import rename_variables

__all__ = ["ExtractedOperation", "extract_literals", "normalize_operation", "rename_variables"]
