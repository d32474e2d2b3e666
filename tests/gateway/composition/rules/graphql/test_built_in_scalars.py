"""The names of built-in scalars are taken."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { a: String } type String { a: Int }",
        "type Query { a: Int } enum Int { A }",
        'extend scalar String @tag(name: "a") type Query { a: String }',
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
        "scalar Int scalar ID type Query { a: Int }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
