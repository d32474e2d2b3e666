"""``python -m gateway plan``."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from graphql import DocumentNode, GraphQLError, parse, validate
from graphql.validation import (
    FieldsOnCorrectTypeRule,
    FragmentsOnCompositeTypesRule,
    KnownFragmentNamesRule,
    KnownTypeNamesRule,
    NoFragmentCyclesRule,
    OverlappingFieldsCanBeMergedRule,
    ScalarLeafsRule,
    UniqueFragmentNamesRule,
)

from gateway.operation.normalize import normalize_operation
from gateway.planner.errors import OperationNotPlannable
from gateway.planner.planner import Planner
from gateway.query_plan_printer import plan_json, plan_text
from gateway.stage_printer.stages import STAGES
from gateway.supergraph.errors import InvalidSupergraph
from gateway.supergraph.load import load_supergraph
from gateway.supergraph.model import Supergraph

_RULES = (
    KnownTypeNamesRule,
    KnownFragmentNamesRule,
    UniqueFragmentNamesRule,
    NoFragmentCyclesRule,
    FragmentsOnCompositeTypesRule,
    FieldsOnCorrectTypeRule,
    ScalarLeafsRule,
    OverlappingFieldsCanBeMergedRule,
)
"""What a plan depends on. Variables, values and directives are not looked at: a draft can be planned, too."""


@dataclass(frozen=True, slots=True)
class _Refusal(Exception):
    """Why there is nothing to show: one line and code each."""

    errors: tuple[tuple[str, str], ...]


def run(args: argparse.Namespace) -> int:
    """Print the plan of an operation, or another stage; exit status 1 and the errors when there is none.

    ``args``: supergraph and operation (files), operation_name, json, stage.
    """
    try:
        sys.stdout.write(_answer(args) + "\n")
    except _Refusal as refusal:
        if args.json:
            errors = [{"message": message, "code": code} for message, code in refusal.errors]
            sys.stdout.write(json.dumps({"errors": errors}) + "\n")
        else:
            sys.stderr.write("".join(f"error {code}: {message}\n" for message, code in refusal.errors))
        return 1
    return 0


def _answer(args: argparse.Namespace) -> str:
    stage = getattr(args, "stage", None)
    if stage not in {None, "plan", *STAGES}:
        raise _Refusal(((f'there is no stage "{stage}": choose plan, {", ".join(STAGES)}', "INVALID_ARGUMENTS"),))
    supergraph = _supergraph(args.supergraph)
    document = _document(args.operation, supergraph)
    planner = Planner(supergraph)
    try:
        operation = normalize_operation(document, args.operation_name, supergraph.schema)
        if stage in STAGES:
            return STAGES[stage](planner, operation)
        plan = planner.plan(operation, incremental=True)
    except LookupError as error:
        raise _Refusal(((str(error), "OPERATION_NOT_FOUND"),)) from error
    except OperationNotPlannable as error:
        raise _Refusal(((error.message, error.code.value),)) from error
    return json.dumps(plan_json(plan)) if args.json else plan_text(plan)


def _supergraph(path: str) -> Supergraph:
    try:
        return load_supergraph(_read(path))
    except InvalidSupergraph as error:
        raise _Refusal(((error.message, error.code.value),)) from error


def _document(path: str, supergraph: Supergraph) -> DocumentNode:
    try:
        document = parse(_read(path))
    except GraphQLError as error:
        raise _Refusal(((error.message, "GRAPHQL_PARSE_FAILED"),)) from error
    errors = validate(supergraph.api_schema, document, _RULES)
    if errors:
        raise _Refusal(tuple((error.message, "GRAPHQL_VALIDATION_FAILED") for error in errors))
    return document


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _Refusal(((f"cannot read {path}: {error}", "INVALID_ARGUMENTS"),)) from error
