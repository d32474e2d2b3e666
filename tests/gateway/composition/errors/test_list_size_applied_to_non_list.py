"""LIST_SIZE_APPLIED_TO_NON_LIST: @listSize speaks of lists."""

import pytest


@pytest.mark.parametrize(
    "field",
    [
        "a: Int @listSize(assumedSize: 1)",
        "a: Int @listSize(assumedSize: 1, sizedFields: [])",
        'a: Page @listSize(assumedSize: 1, sizedFields: ["total"])',
    ],
)
def test_no_list(compose, field):
    outcome = compose(a=f"type Query {{ {field} }} type Page {{ items: [Int] total: Int }}")
    assert "Query.a" in outcome.error("LIST_SIZE_APPLIED_TO_NON_LIST").message


@pytest.mark.parametrize(
    "field", ["a: [Int]! @listSize(assumedSize: 1)", 'a: Page @listSize(assumedSize: 1, sizedFields: ["items"])']
)
def test_list(compose, field):
    assert compose(a=f"type Query {{ {field} }} type Page {{ items: [Int] total: Int }}").codes == []
