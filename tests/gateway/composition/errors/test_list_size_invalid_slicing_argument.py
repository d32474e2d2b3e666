"""LIST_SIZE_INVALID_SLICING_ARGUMENT: slicing arguments are Int arguments of the field."""

import pytest


@pytest.mark.parametrize("arguments", ["(last: Int)", "(first: String)", "(first: [Int])", ""])
def test_invalid(compose, arguments):
    outcome = compose(a=f'type Query {{ a{arguments}: [Int] @listSize(slicingArguments: ["first"]) }}')
    assert '"first"' in outcome.error("LIST_SIZE_INVALID_SLICING_ARGUMENT").message


@pytest.mark.parametrize("type_", ["Int", "Int!"])
def test_valid(compose, type_):
    assert compose(a=f'type Query {{ a(first: {type_}): [Int] @listSize(slicingArguments: ["first"]) }}').codes == []
