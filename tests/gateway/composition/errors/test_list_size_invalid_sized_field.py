"""LIST_SIZE_INVALID_SIZED_FIELD: sized fields are fields of the type."""

import pytest


@pytest.mark.parametrize("type_", ["Int", "Page", "Either"])
def test_missing(compose, type_):
    outcome = compose(
        a=f"""
        type Query {{ a: {type_} @listSize(assumedSize: 1, sizedFields: ["missing"]) }}
        type Page {{ items: [Int] }}
        union Either = Page
        """
    )
    assert outcome.codes == ["LIST_SIZE_INVALID_SIZED_FIELD"]
