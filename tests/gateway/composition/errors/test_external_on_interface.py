"""EXTERNAL_ON_INTERFACE: fields of interfaces are not resolved anywhere."""

SDL = """
type Query { node: Node }
interface Node { id: ID @external }
type A implements Node @key(fields: "id") { id: ID }
"""


def test_interface_field(compose):
    assert "Node.id" in compose(a=SDL).error("EXTERNAL_ON_INTERFACE").message


def test_federation_1_ignores_it(compose):
    assert compose(federation=None, a=SDL).codes == []
