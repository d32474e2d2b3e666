"""INTERFACE_OBJECT_USAGE_ERROR: an interface object stands for a keyed interface of other subgraphs."""

INTERFACE = """
interface Node @key(fields: "id") { id: ID! }
type A implements Node @key(fields: "id") { id: ID! }
"""


def test_without_key(compose):
    outcome = compose(a="type Query { node: Node } type Node @interfaceObject { id: ID! }", b=INTERFACE)
    assert "needs a @key" in outcome.error("INTERFACE_OBJECT_USAGE_ERROR").message


def test_no_interface_anywhere(compose):
    outcome = compose(a='type Query { node: Node } type Node @interfaceObject @key(fields: "id") { id: ID! }')
    assert outcome.codes == ["INTERFACE_OBJECT_USAGE_ERROR"]


def test_interface_of_federation_1(compose):
    user = 'type Query { node: Node } type Node @interfaceObject @key(fields: "id") { id: ID! }'
    link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])'
    outcome = compose(federation=None, a=link + user, b=INTERFACE)
    assert "federation 1" in outcome.error("INTERFACE_OBJECT_USAGE_ERROR").message


def test_well_used(compose):
    user = 'type Query { node: Node } type Node @interfaceObject @key(fields: "id") { id: ID! x: Int }'
    assert compose(a=user, b=INTERFACE).codes == []
