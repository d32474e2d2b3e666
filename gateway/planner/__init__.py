"""From a normalized operation to the plan that fetches it from the subgraphs."""

from gateway.planner.errors import OperationNotPlannable, PlanningErrorCode
from gateway.planner.planner import Planner

__all__ = ["OperationNotPlannable", "Planner", "PlanningErrorCode"]
