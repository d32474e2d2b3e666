"""Types referred to exist and stand in the right position."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { a: Missing }",
        "type Query { a(b: Missing): Int }",
        "input I { a: Missing } type Query { a(i: I): Int }",
        "directive @d(a: Missing) on OBJECT type Query { a: Int }",
        "type Query { a: I } input I { a: Int }",
        "type Query { a(q: Query): Int }",
        "input I { q: Query } type Query { a(i: I): Int }",
        "type Query { a: __Type }",
        "type Query { a: __Type } type __Type { b: Int }",
        "type Query { a: _Any } scalar _Any",
        "type Query { a: _Service } type _Service { sdl: String }",
        "type Query { a(b: link__Import): Int } scalar link__Import",
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
        "type Query { a(i: I, e: E, s: S): E s: S } input I { e: E } enum E { A } scalar S",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []


MACHINERY = "scalar _Any type _Service { sdl: String } union _Entity = A"
FIELDS = "_service: _Service! _entities(representations: [_Any!]!): [_Entity]!"
ENTITY = 'type A @key(fields: "id") { id: ID }'


@pytest.mark.parametrize("federation", [(2, 9), None])
def test_what_federation_adds_may_be_written_out(compose, federation):
    text = compose(federation=federation, a=f"type Query {{ a: A {FIELDS} }} {ENTITY} {MACHINERY}").supergraph
    assert "_service" not in text
    assert "_Any" not in text


def test_own_directives_may_have_arguments_of_such_types_unless_operations_can_use_them(compose):
    sdl = "scalar federation__Scope directive @own(a: federation__Scope) on {} type Query {{ a: Int }}"
    assert compose(a=sdl.format("FIELD_DEFINITION")).codes == []
    assert compose(a=sdl.format("FIELD")).codes == ["INVALID_GRAPHQL"]


def test_what_federation_adds_must_be_written_out_whole_in_federation_2(compose):
    assert set(compose(a=f"type Query {{ a: A {FIELDS} }} {ENTITY}").codes) == {"INVALID_GRAPHQL"}
    assert compose(federation=None, a=f"type Query {{ a: A {FIELDS} }} {ENTITY}").codes == []
