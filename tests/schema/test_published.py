"""The committed schema is what the code says, and the committed operations are of that schema."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from graphql import OperationDefinitionNode, build_ast_schema, parse, validate
from graphql.execution.values import get_variable_values
from graphql.utilities import type_from_ast

import schema
from gateway.supergraph.api_schema import api_document
from schema.__main__ import main
from schema.export import drifted_files, exported_sdls, rendered_files
from schema.published import ROUTING_URLS, PublishedSchema
from shared.demo import Catalogue, stock_of

FOLDER = Path(schema.__file__).parent
OPERATIONS = sorted((FOLDER / "operations").glob("*.graphql"))


@pytest.fixture(scope="module")
def api_schema():
    document = parse(PublishedSchema().supergraph_file.read_text(encoding="utf-8"))
    return build_ast_schema(api_document(document), assume_valid=True)


def variables_of(operation):
    return json.loads(operation.with_suffix(".variables.json").read_text(encoding="utf-8"))


def test_the_committed_schema_has_not_drifted():
    published = PublishedSchema()
    assert drifted_files(rendered_files(published, exported_sdls())) == []


def test_every_subgraph_is_published():
    assert {file.stem for file in (FOLDER / "subgraphs").glob("*.graphql")} == set(ROUTING_URLS)


def test_drift_is_noticed(tmp_path):
    published = PublishedSchema(tmp_path)
    file = published.subgraph_file("users")
    assert drifted_files({file: "type Query"}) == [file]
    file.parent.mkdir()
    file.write_text("type Query")
    assert drifted_files({file: "type Query"}) == []
    assert drifted_files({file: "type Query { a: Int }"}) == [file]


def test_the_flagship_operations_are_there():
    names = {operation.stem for operation in OPERATIONS}
    assert {"01_home_category", "03_search", "04_cart", "05_checkout", "06_order_history"} <= names
    assert [operation.stem for operation in OPERATIONS[:2]] == ["00_1_sign_in", "00_2_fill_a_cart"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda file: file.stem)
def test_an_operation_and_its_variables_are_valid(operation, api_schema):
    document = parse(operation.read_text(encoding="utf-8"))
    assert validate(api_schema, document) == []
    (definition,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    variables = variables_of(operation)
    assert set(variables) == {node.variable.name.value for node in definition.variable_definitions}
    assert not isinstance(get_variable_values(api_schema, definition.variable_definitions, variables), list)
    assert all(type_from_ast(api_schema, node.type) for node in definition.variable_definitions)


def test_the_cart_that_is_filled_exists_and_costs_what_the_checkout_expects():
    variants = {v.id: v for chunk in Catalogue(100).products() for p in chunk for v in p.variants}
    cart = variables_of(FOLDER / "operations" / "00_2_fill_a_cart.graphql")["input"]
    checkout = variables_of(FOLDER / "operations" / "05_checkout.graphql")["input"]
    for line in cart["lines"]:
        assert all(level.on_hand > 10 for level in stock_of(variants[line["variantId"]]))
    goods = sum(variants[line["variantId"]].price * line["quantity"] for line in cart["lines"])
    shipping = 490
    assert checkout["expectedTotal"]["amount"] == f"{(goods + shipping) / 100:.2f}"


def test_a_check_by_command(tmp_path, capsys):
    proposal = tmp_path / "products.graphql"
    text = PublishedSchema().sdl("products")
    proposal.write_text(text)
    assert main(["check", "products", str(proposal)]) == 0
    assert "passed" in capsys.readouterr().out
    proposal.write_text(text.replace("  description(language: LanguageCode): String\n", "", 1))
    assert main(["check", "products", str(proposal), "--json"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert result["success"] is False
    assert result["compositionErrors"] == []
    assert {"FIELD_REMOVED"} == {change["code"] for change in result["changes"] if change["breaking"]}
    proposal.write_text(text.replace("  variantIds: [ID!]! @inaccessible\n", ""))
    assert main(["check", "products", str(proposal), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["compositionErrors"]


def test_wrong_use_is_one_line_and_another_status(tmp_path, capsys):
    assert main(["check", "shop", str(tmp_path / "x")]) == 2
    assert main(["check", "products", str(tmp_path / "x")]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2
    assert all(line.startswith("schema check: ") for line in errors)


def test_the_command_line_is_a_module():
    result = subprocess.run([sys.executable, "-m", "schema", "--help"], capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert "export" in result.stdout
