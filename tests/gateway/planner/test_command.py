"""``python -m gateway plan``."""

import json

import pytest

from gateway.__main__ import main

SUPERGRAPH = """
schema @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT
directive @join__field(graph: join__Graph) repeatable on FIELD_DEFINITION
scalar join__FieldSet
enum join__Graph { A @join__graph(name: "a", url: "http://a") B @join__graph(name: "b", url: "http://b") }
type Query @join__type(graph: A) @join__type(graph: B) { t: T @join__field(graph: A) }
type T @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") {
  id: ID! x: Int @join__field(graph: A) y: Int @join__field(graph: B)
}
"""


@pytest.fixture
def show(tmp_path, capsys):
    def run_plan(operation: str, *options: str, supergraph: str = SUPERGRAPH) -> tuple[int, str, str]:
        (tmp_path / "supergraph.graphql").write_text(supergraph)
        (tmp_path / "operation.graphql").write_text(operation)
        files = ["--supergraph", f"{tmp_path}/supergraph.graphql", "--operation", f"{tmp_path}/operation.graphql"]
        status = main(["plan", *files, *options])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run_plan


def test_plans_have_the_json_form_that_viewers_read(show):
    status, out, _ = show("query Q { t { x y } }", "--json")
    assert status == 0
    assert json.loads(out) == {
        "kind": "QueryPlan",
        "node": {
            "kind": "Sequence",
            "nodes": [
                {
                    "kind": "Fetch",
                    "serviceName": "a",
                    "id": "0",
                    "variableUsages": [],
                    "operation": "query Q__a__0{t{__typename x id}}",
                    "operationName": "Q__a__0",
                    "operationKind": "query",
                },
                {
                    "kind": "Flatten",
                    "path": ["t"],
                    "node": {
                        "kind": "Fetch",
                        "serviceName": "b",
                        "id": "1",
                        "requires": [
                            {
                                "kind": "InlineFragment",
                                "typeCondition": "T",
                                "selections": [
                                    {"kind": "Field", "name": "__typename"},
                                    {"kind": "Field", "name": "id"},
                                ],
                            }
                        ],
                        "variableUsages": [],
                        "operation": "query Q__b__1($representations:[_Any!]!)"
                        "{_entities(representations:$representations){...on T{y}}}",
                        "operationName": "Q__b__1",
                        "operationKind": "query",
                    },
                },
            ],
        },
    }


def test_plans_have_a_form_for_people(show):
    status, out, _ = show("{ t { x } }")
    assert status == 0
    assert out == (
        'QueryPlan {\n  Fetch(service: "a", id: 0) {\n    {\n      t {\n        x\n      }\n    }\n  },\n}\n'
    )


@pytest.mark.parametrize(
    ("stage", "shown"),
    [
        ("graph", "T -> b by { id }"),
        ("normalized-operation", "query Q {\n  t {\n    x\n    y\n  }\n}"),
        ("path-tree", "enter b in wave 1 for T"),
        ("fetch-graph", '1: wave 1, b at "t", after [0]'),
    ],
)
def test_other_stages_are_shown_by_name(show, stage, shown):
    status, out, _ = show("query Q { t { x ... on T { y } } }", "--stage", stage)
    assert status == 0
    assert shown in out


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("{ t { z } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ t {", "GRAPHQL_PARSE_FAILED"),
        ("query A { t { x } } query B { t { x } }", "OPERATION_NOT_FOUND"),
    ],
)
def test_what_cannot_be_planned_is_said_with_a_code(show, operation, code):
    status, out, _ = show(operation, "--json")
    assert status == 1
    assert [error["code"] for error in json.loads(out)["errors"]] == [code]


def test_an_unreachable_field_and_an_unknown_stage_are_errors(show):
    status, out, _ = show("{ t { y } }", "--json", supergraph=SUPERGRAPH.replace(', key: "id"', ""))
    assert status == 1
    assert json.loads(out)["errors"] == [
        {"message": "no subgraph can resolve T.y where the operation asks for it", "code": "FIELD_NOT_REACHABLE"}
    ]
    status, _, err = show("{ t { y } }", "--stage", "nonsense")
    assert status == 1
    assert 'there is no stage "nonsense"' in err
