"""KEY_UNSUPPORTED_ON_INTERFACE: keys on interfaces came with federation 2.3."""

SDL = """
type Query { a: Node }
interface Node @key(fields: "id") { id: ID! }
type A implements Node @key(fields: "id") { id: ID! }
"""


def test_before(compose):
    assert "Node" in compose(federation=(2, 2), a=SDL).error("KEY_UNSUPPORTED_ON_INTERFACE").message


def test_since(compose):
    assert compose(federation=(2, 3), a=SDL).codes == []


def test_federation_1_ignores_it(compose):
    supergraph = compose(federation=None, a=SDL).supergraph
    assert "interface Node\n  @join__type(graph: A)\n" in supergraph
