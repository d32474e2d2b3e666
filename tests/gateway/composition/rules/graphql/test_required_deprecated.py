"""What must be given cannot be deprecated."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "type Query { a(b: Int! @deprecated): Int }",
        "input I { a: Int! @deprecated } type Query { a(i: I): Int }",
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
        "type Query { a(b: Int! = 1 @deprecated, c: Int @deprecated): Int }",
    ],
)
def test_accepted(compose, sdl):
    assert compose(a=sdl).codes == []
