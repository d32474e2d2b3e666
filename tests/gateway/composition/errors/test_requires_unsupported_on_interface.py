"""REQUIRES_UNSUPPORTED_ON_INTERFACE: @requires stands on fields that are resolved."""

SDL = """
type Query { node: Node }
interface Node { id: ID name: String out: Int @requires(fields: "name") }
type A implements Node @key(fields: "id") { id: ID name: String out: Int }
"""


def test_interface_field(compose):
    assert "REQUIRES_UNSUPPORTED_ON_INTERFACE" in compose(a=SDL).codes


def test_federation_1_ignores_it(compose):
    assert compose(federation=None, a=SDL).codes == []
