"""What clients get of a response tree: order, aliases, coercion, nulls and errors as the GraphQL specification says."""

from __future__ import annotations

import pytest
from graphql import build_schema, parse

from gateway.errors import ResponseError
from gateway.operation.normalize import normalize_operation
from gateway.projection.project import Projection

SCHEMA = build_schema("""
type Query {
  int: Int  float: Float  string: String  boolean: Boolean  id: ID  enum: Color  any: Any
  required: String!  user: User  owner: User!  users: [User]  strict: [User!]  all: [User!]!
  matrix: [[Int!]]  deep: [[[Int]!]!]  pet: Pet  pets: [Pet!]  named: Named
}
scalar Any
enum Color { RED GREEN }
interface Named { name: String }
type User implements Named { id: ID! name: String email: String! friend: User best: User! pet: Pet }
type Cat implements Named { name: String lives: Int }
type Dog implements Named { name: String barks: Boolean! owner: User }
union Pet = Cat | Dog
""")
MISSING = ResponseError("A subgraph could not answer.", "DOWNSTREAM_UNAVAILABLE", extensions={"service": "s"})


@pytest.fixture
def project():
    def run(query, tree, *, variables=None, reported=(), failures=(), denied=frozenset(), max_errors=100):
        operation = normalize_operation(parse(query), None, SCHEMA)
        projection = Projection(SCHEMA, "Query", operation.selections, denied)
        data, errors = projection.project(
            tree, variables or {}, reported=reported, failures=failures, max_errors=max_errors
        )
        return data, [(error.path, error.code) for error in errors]

    return run


INVALID = "RESPONSE_VALIDATION_FAILED"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("int", 1, 1),
        ("int", 1.0, 1),
        ("int", -(2**31), -(2**31)),
        ("float", 1, 1),
        ("float", 1.5, 1.5),
        ("string", "", ""),
        ("boolean", False, False),
        ("id", "a", "a"),
        ("id", 7, "7"),
        ("enum", "RED", "RED"),
        ("any", {"a": [1, None]}, {"a": [1, None]}),
        ("any", "text", "text"),
        ("int", None, None),
    ],
)
def test_leaves_that_fit(project, field, value, expected):
    data, errors = project(f"{{ {field} }}", {field: value})

    assert (data, errors) == ({field: expected}, [])
    assert type(data[field]) is type(expected)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("int", "1"),
        ("int", 1.5),
        ("int", True),
        ("int", 2**31),
        ("int", [1]),
        ("float", "1.5"),
        ("float", False),
        ("string", 1),
        ("string", {}),
        ("boolean", 1),
        ("boolean", "true"),
        ("id", 1.5),
        ("id", True),
        ("enum", "BLUE"),
        ("enum", 1),
    ],
)
def test_leaves_that_do_not_fit_are_null_with_an_error(project, field, value):
    assert project(f"{{ {field} }}", {field: value}) == ({field: None}, [((field,), INVALID)])


def test_the_order_and_the_keys_are_the_operations(project):
    query = "{ b: string ...f string int a: string } fragment f on Query { int b: string c: string }"
    tree = {"string": "s", "a": "A", "b": "B", "c": "C", "int": 1, "hidden": 2}

    data, _ = project(query, tree)

    assert list(data.items()) == [("b", "B"), ("int", 1), ("c", "C"), ("string", "s"), ("a", "A")]


def test_selections_of_one_key_are_merged_over_fragments(project):
    query = "{ pet { ... on Cat { name } ... on Named { name } ... on Cat { lives kind: __typename } } }"

    assert project(query, {"pet": {"__typename": "Cat", "name": "Tom", "lives": 9}})[0] == {
        "pet": {"name": "Tom", "lives": 9, "kind": "Cat"}
    }


def test_conditions_are_looked_at_for_each_request(project):
    query = "query($a: Boolean!, $b: Boolean!) { int @include(if: $a) ... @skip(if: $b) { string } user { id @skip(if: $a) } }"
    tree = {"int": 1, "string": "s", "user": {"id": "1"}}

    assert project(query, tree, variables={"a": True, "b": True})[0] == {"int": 1, "user": {}}
    assert project(query, tree, variables={"a": False, "b": False})[0] == {"string": "s", "user": {"id": "1"}}


def test_null_in_a_non_null_place_takes_the_nearest_nullable_parent(project):
    query = "{ user { friend { best { email } } } }"
    tree = {"user": {"friend": {"best": {"email": None}}}}

    assert project(query, tree) == ({"user": {"friend": None}}, [(("user", "friend", "best", "email"), INVALID)])


@pytest.mark.parametrize(
    ("query", "tree", "data", "path"),
    [
        ("{ users { email } }", {"users": [{"email": "a"}, {"email": None}]}, {"users": [{"email": "a"}, None]}, 1),
        ("{ strict { email } }", {"strict": [{"email": "a"}, {"email": None}]}, {"strict": None}, 1),
        ("{ all { email } }", {"all": [{"email": None}]}, None, 0),
    ],
)
def test_null_in_lists(project, query, tree, data, path):
    (key,) = tree

    assert project(query, tree) == (data, [((key, path, "email"), INVALID)])


def test_lists_of_lists(project):
    tree = {"matrix": [[1, 2], None, [3, None]], "deep": [[[1], []], [[None]]]}

    assert project("{ matrix deep }", tree) == (
        {"matrix": [[1, 2], None, None], "deep": [[[1], []], [[None]]]},
        [(("matrix", 2, 1), INVALID)],
    )


@pytest.mark.parametrize(
    "value", [1, "text", [1], {"a": 1}], ids=["number for a list", "text for a list", "items", "object"]
)
def test_wrong_shapes_are_null_with_an_error(project, value):
    data, errors = project("{ users { id } user { id } }", {"users": value, "user": [] if value != [1] else 1})

    assert data == {"users": [None] if value == [1] else None, "user": None}
    assert [code for _, code in errors] == [INVALID, INVALID]


def test_a_subgraphs_error_explains_the_null_it_caused(project):
    reported = [ResponseError("no", "FORBIDDEN", ("user", "best", "email"))]

    assert project("{ user { best { email } } }", {"user": None}, reported=reported) == (
        {"user": None},
        [(("user", "best", "email"), "FORBIDDEN")],
    )


def test_a_failed_fetch_explains_every_missing_field_of_its_object(project):
    tree = {"users": [{"id": "1"}, {"id": "2"}]}
    failures = [(("users", index), MISSING, frozenset()) for index in range(2)]

    assert project("{ users { id name friend { id } } }", tree, failures=failures) == (
        {"users": [{"id": "1", "name": None, "friend": None}, {"id": "2", "name": None, "friend": None}]},
        [(("users", i, key), "DOWNSTREAM_UNAVAILABLE") for i in range(2) for key in ("friend", "name")],
    )


def test_of_two_failed_fetches_the_one_that_asked_for_a_field_explains_it(project):
    other = ResponseError("no", "FORBIDDEN")
    failures = [(("user",), MISSING, frozenset({"friend"})), (("user",), other, frozenset({"name"}))]

    assert project("{ user { name friend { id } } }", {"user": {}}, failures=failures) == (
        {"user": {"name": None, "friend": None}},
        [(("user", "friend"), "DOWNSTREAM_UNAVAILABLE"), (("user", "name"), "FORBIDDEN")],
    )


def test_a_failed_fetch_that_no_null_shows_is_still_told(project):
    assert project("{ int }", {"int": 1}, failures=[(("user",), MISSING, frozenset())]) == (
        {"int": 1},
        [(None, "DOWNSTREAM_UNAVAILABLE")],
    )


def test_errors_about_hidden_fields_end_where_the_answer_ends(project):
    reported = [ResponseError("no", "X", ("user", "__key", "id"))]

    assert project("{ user { id } }", {"user": {"id": "1"}}, reported=reported)[1] == [(("user",), "X")]


def test_an_entity_that_nobody_knows_is_null_without_error(project):
    assert project("{ user { id name } }", {"user": {"id": "1"}}) == ({"user": {"id": "1", "name": None}}, [])


@pytest.mark.parametrize("typename", ["Hidden", "User", None, 7])
def test_objects_of_types_that_are_not_there_are_null(project, typename):
    data, errors = project("{ pet { ... on Cat { name } } }", {"pet": {"__typename": typename, "name": "x"}})

    assert (data, errors) == ({"pet": None}, [(("pet",), INVALID)])


def test_an_object_of_unknown_type_serves_selections_that_do_not_ask_for_it(project):
    assert project("{ named { name } }", {"named": {"__typename": "Named", "name": "x"}}) == (
        {"named": {"name": "x"}},
        [],
    )


def test_denied_fields_are_null_with_an_error_wherever_they_stand(project):
    denied = frozenset({("User", "name"), ("Dog", "barks")})
    query = "{ users { id name } pets { ... on Dog { barks } ... on Cat { lives } } }"
    tree = {"users": [{"id": "1"}, None], "pets": [{"__typename": "Cat", "lives": 9}, {"__typename": "Dog"}]}

    data, errors = project(query, tree, denied=denied)

    assert data == {"users": [{"id": "1", "name": None}, None], "pets": None}
    assert errors == [
        (("pets", 1, "barks"), "UNAUTHORIZED_FIELD_OR_TYPE"),
        (("users", 0, "name"), "UNAUTHORIZED_FIELD_OR_TYPE"),
    ]


def test_errors_are_sorted_and_bounded(project):
    tree = {"users": [{"id": None} for _ in range(500)]}

    _, errors = project("{ users { id } }", tree, max_errors=10)

    assert errors == [(("users", index, "id"), INVALID) for index in range(10)]


def test_two_errors_of_one_place_are_both_told(project):
    reported = [ResponseError(text, "X", ("int",)) for text in ("b", "a", "b")]

    assert project("{ int }", {"int": None}, reported=reported)[1] == [(("int",), "X"), (("int",), "X")]
