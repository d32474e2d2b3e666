"""COST_APPLIED_TO_INTERFACE_FIELD: @cost weighs what is resolved."""


def test_interface_field(compose):
    error = compose(a="type Query { a: I } interface I { x: Int @cost(weight: 2) }").error(
        "COST_APPLIED_TO_INTERFACE_FIELD"
    )
    assert "I.x" in error.message


def test_arguments_of_interface_fields(compose):
    assert compose(a="type Query { a: I } interface I { x(y: Int @cost(weight: 2)): Int }").codes == []
