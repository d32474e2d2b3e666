"""What the query graph says of who resolves what, and who can be entered how."""

import pytest

from gateway.query_graph.graph import QueryGraph
from gateway.selection_text import compact
from gateway.supergraph.load import load_supergraph

SUPERGRAPH = load_supergraph("""
schema @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query }
enum join__Graph { A @join__graph(name: "a", url: "") B @join__graph(name: "b", url: "") }
type Query @join__type(graph: A) @join__type(graph: B) {
  i: I @join__field(graph: A)
  given: X @join__field(graph: A, provides: "far { deep }")
}
interface I @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", isInterfaceObject: true) {
  id: ID!
  plain: Int @join__field(graph: A)
  rate: Int @join__field(graph: B)
}
type X implements I @join__type(graph: A, key: "id") @join__implements(graph: A, interface: "I")
  @join__type(graph: A, key: "code", resolvable: false) {
  id: ID! code: ID! plain: Int
  far: F @join__field(graph: A, external: true)
  rate: Int @join__field
}
type Y implements I @join__type(graph: A, key: "id") @join__implements(graph: A, interface: "I") {
  id: ID! plain: Int @join__field(graph: A, requires: "id") rate: Int @join__field
}
type F @join__type(graph: A) { deep: Int @join__field(graph: A, external: true) near: Int }
""")


@pytest.fixture
def graph():
    return QueryGraph(SUPERGRAPH)


def test_entities_are_entered_by_resolvable_keys_and_through_their_interfaces(graph):
    edges = [
        (edge.subgraph, edge.entry_type, compact(edge.key), edge.is_interface_object)
        for group in graph.edges("X").values()
        for edge in group
    ]
    assert edges == [("a", "X", "{id}", False), ("a", "I", "{id}", False), ("b", "I", "{id}", True)]


def test_fields_of_interface_objects_count_for_the_types_behind_them(graph):
    assert graph.plain_subgraphs("X", "rate") == ("b",)
    assert graph.plain_subgraphs("X", "__typename") == ("a",)


def test_a_field_with_requirements_is_resolved_under_conditions_only(graph):
    a = SUPERGRAPH.subgraphs["a"]
    assert graph.field(a, "Y", "plain") is None
    assert [edge.subgraph for edge, _ in graph.conditional_edges("Y", "plain")] == ["a", "a"]


def test_an_interface_field_is_addressed_by_type_where_not_all_types_are_alike(graph):
    standing = graph.standing(SUPERGRAPH.subgraphs["a"], "I")
    both = frozenset(("X", "Y"))
    assert [address.fragment for address in graph.resolve(standing, "id", "I", both, both)] == [None]
    assert [address.fragment for address in graph.resolve(standing, "plain", "I", both, both)] == ["X"]


def test_an_external_field_is_resolved_where_a_path_provides_it(graph):
    a, only = SUPERGRAPH.subgraphs["a"], frozenset(("X",))
    assert graph.resolve(graph.standing(a, "X"), "far", "X", only, only) == ()
    provides = a.types["Query"].fields["given"].provides
    (address,) = graph.resolve(graph.standing(a, "X", provides), "far", "X", only, only)
    assert compact(address.provided) == "{deep}"


def test_an_interface_object_cannot_answer_for_some_types_only(graph):
    standing = graph.standing(SUPERGRAPH.subgraphs["b"], "I")
    assert not standing.is_typed
    some, every = frozenset(("X",)), frozenset(("X", "Y"))
    assert graph.resolve(standing, "rate", "X", some, some) == ()
    assert len(graph.resolve(standing, "rate", "I", every, every)) == 1


def test_equal_standings_are_one_object(graph):
    a = SUPERGRAPH.subgraphs["a"]
    assert graph.standing(a, "X") is graph.standing(a, "X")
    types = frozenset(("X",))
    assert graph.door(a, types, None, is_typed=True) is graph.door(a, types, None, is_typed=True)
    assert graph.door(a, types, "I", is_typed=True) is not graph.door(a, types, "I", is_typed=False)
