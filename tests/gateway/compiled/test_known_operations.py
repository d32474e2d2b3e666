"""The operations that our own clients send are served by compiled plans, all of them."""

from pathlib import Path

import pytest

from gateway.compiled.show import compiled_source
from gateway.operation.limits import OperationLimits
from gateway.operation.normalize import normalize_operation
from gateway.operation.parse import parse_document
from gateway.planner import Planner
from gateway.supergraph.load import load_supergraph

SCHEMA = Path(__file__).parents[3] / "schema"
OPERATIONS = sorted((SCHEMA / "operations").glob("*.graphql"))


@pytest.fixture(scope="module")
def supergraph():
    return load_supergraph((SCHEMA / "supergraph.graphql").read_text())


@pytest.mark.parametrize("file", OPERATIONS, ids=lambda file: file.stem)
def test_known_operations_are_compiled(supergraph, file):
    document = parse_document(file.read_text(), OperationLimits())
    operation = normalize_operation(document, None, supergraph.api_schema)
    assert "class Run:" in compiled_source(supergraph, operation, Planner(supergraph).plan(operation))
