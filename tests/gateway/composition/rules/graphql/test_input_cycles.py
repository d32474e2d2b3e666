"""No input type requires itself."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "input I { i: I! }",
        "input I { i: I! = {} }",
        "input I { j: J! } input J { a: Int, k: K! } input K { i: I! }",
    ],
)
@pytest.mark.parametrize("federation", [(2, 9), None])
def test_refused(compose, sdl, federation):
    outcome = compose(federation=federation, a=f"type Query {{ a(i: I): Int }} {sdl}")
    assert set(outcome.codes) == {"INVALID_GRAPHQL"}
    assert all(error.locations for error in outcome.composition.errors)


@pytest.mark.parametrize("sdl", ["input I { i: I }", "input I { i: [I!]! }", "input I { j: J! } input J { i: I }"])
def test_accepted(compose, sdl):
    assert compose(a=f"type Query {{ a(i: I): Int }} {sdl}").codes == []


def test_a_cycle_that_merging_closes(compose):
    nullable = "input I { j: J } input J { i: I }"
    required = [nullable.replace("j: J", "j: J!"), nullable.replace("i: I", "i: I!")]
    outcome = compose(
        a=f"type Query {{ a(i: I): Int }} {required[0]}", b=f"type Query {{ b(i: I): Int }} {required[1]}"
    )
    assert outcome.codes == ["INVALID_GRAPHQL"]
