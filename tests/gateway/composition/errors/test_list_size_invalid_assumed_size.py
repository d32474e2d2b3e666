"""LIST_SIZE_INVALID_ASSUMED_SIZE: sizes are not negative."""


def test_negative(compose):
    assert compose(a="type Query { a: [Int] @listSize(assumedSize: -1) }").codes == ["LIST_SIZE_INVALID_ASSUMED_SIZE"]


def test_zero(compose):
    assert compose(a="type Query { a: [Int] @listSize(assumedSize: 0) }").codes == []
