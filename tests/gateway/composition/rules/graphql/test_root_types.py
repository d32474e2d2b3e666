"""Roots are object types that exist."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "schema { query: Missing }",
        "schema { query: E } enum E { A }",
        "interface Query { a: Int }",
        "type Query { a: Int } schema { query: Query mutation: Mutation } enum Mutation { A }",
        "schema { query: Q } type Q { a: Query }",
        "schema { query: Q } type Q { a: U } union U = Query",
        "type Query { a: Int } schema { query: Query mutation: Missing }",
        "type Root { a: Int } schema { query: Root mutation: Root }",
    ],
)
@pytest.mark.parametrize("federation", [(2, 9), None])
def test_refused(compose, sdl, federation):
    outcome = compose(federation=federation, a=sdl)
    assert "INVALID_GRAPHQL" in outcome.codes
    assert all(error.locations for error in outcome.composition.errors if error.code.name == "INVALID_GRAPHQL")


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { a: Int } schema { query: Query mutation: M } type M { b: Int }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []


@pytest.mark.parametrize("definition", ["enum Mutation { A }", "scalar Mutation", "interface Mutation { b: Int }"])
@pytest.mark.parametrize("federation", [(2, 9), None])
def test_other_kinds_under_the_name_of_a_root_that_is_not_there(compose, federation, definition):
    text = compose(federation=federation, a=f"type Query {{ a: Int }} {definition}").supergraph
    assert "query: Query" in text
    assert "mutation:" not in text
