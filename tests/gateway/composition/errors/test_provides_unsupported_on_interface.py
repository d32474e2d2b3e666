"""PROVIDES_UNSUPPORTED_ON_INTERFACE: @provides stands on fields that are resolved."""

SDL = """
type Query { node: Node }
interface Node { id: ID a: A @provides(fields: "name") }
type A implements Node @key(fields: "id") { id: ID a: A name: String @external }
"""
OTHER = 'type A @key(fields: "id") { id: ID name: String }'


def test_interface_field(compose):
    assert "PROVIDES_UNSUPPORTED_ON_INTERFACE" in compose(a=SDL, b=OTHER).codes


def test_federation_1_ignores_it(compose):
    assert compose(federation=None, a=SDL, b=OTHER).codes == []
