"""Why an operation cannot be planned."""

from __future__ import annotations

from enum import Enum


class PlanningErrorCode(Enum):
    """Stable codes; the value is what people and programs see."""

    FIELD_NOT_REACHABLE = "FIELD_NOT_REACHABLE"
    CONTEXT_NOT_SET = "CONTEXT_NOT_SET"
    SUBSCRIPTION_ROOTS = "SUBSCRIPTION_ROOTS"


class OperationNotPlannable(Exception):
    """No sequence of fetches answers the operation."""

    def __init__(self, code: PlanningErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
