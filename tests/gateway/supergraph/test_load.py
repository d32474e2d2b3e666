"""Supergraphs of every join version become one model; what cannot be served safely is refused."""

import pytest

from gateway.query_plan import OperationKind
from gateway.selection_text import compact
from gateway.supergraph.errors import InvalidSupergraph, SupergraphErrorCode
from gateway.supergraph.load import load_supergraph

HEAD = """
schema @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) {links} {{ query: Query }}
enum join__Graph {{ A @join__graph(name: "a", url: "http://a") B @join__graph(name: "b-b", url: "http://b") }}
"""


def v0_5(types: str, links: str = "") -> str:
    return HEAD.format(links=links) + types


QUERY = "type Query @join__type(graph: A) @join__type(graph: B) { x: Int @join__field(graph: A) }"


def test_subgraphs_are_known_by_name_with_their_own_types_and_fields():
    supergraph = load_supergraph(
        v0_5("""
            type Query @join__type(graph: A) @join__type(graph: B) { t: T @join__field(graph: A) }
            type T @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", resolvable: false)
                   @join__type(graph: B, key: "org { id }") {
              id: ID!
              org: Org
              a: Int @join__field(graph: A, external: true) @join__field(graph: B, type: "Int!")
              b: Int @join__field(graph: B, requires: "a")
            }
            type Org @join__type(graph: A) @join__type(graph: B) { id: ID! }
        """)
    )
    assert list(supergraph.subgraphs) == ["a", "b-b"]
    assert supergraph.subgraphs["b-b"].url == "http://b"
    assert supergraph.root_types == {OperationKind.QUERY: "Query"}
    own = supergraph.subgraphs["b-b"].types["T"]
    assert [(compact(key.fields), key.resolvable) for key in own.keys] == [("{id}", False), ("{org{id}}", True)]
    assert own.fields["a"].type_text == "Int!"
    assert compact(own.fields["b"].requires) == "{a}"
    assert supergraph.subgraphs["a"].types["T"].fields["a"].external
    assert "b" not in supergraph.subgraphs["a"].types["T"].fields


def test_what_is_required_is_external_also_where_the_supergraph_does_not_say_so():
    supergraph = load_supergraph(
        v0_5(
            QUERY
            + """
            interface Node @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", isInterfaceObject: true) {
              id: ID!
              name: String
              title: String @join__field(graph: B, requires: "id name")
            }
            """
        )
    )
    asking, owning = (supergraph.subgraphs[name].types["Node"].fields for name in ("b-b", "a"))
    assert {name: own.external for name, own in asking.items()} == {"id": False, "name": True, "title": False}
    assert not owning["name"].external


def test_a_subgraph_has_its_keys_also_where_the_supergraph_forgets_to_say_so():
    supergraph = load_supergraph(
        v0_5(
            QUERY
            + """
            type T @join__type(graph: A, key: "id org { id }") @join__type(graph: B, key: "id org { id }") {
              id: ID! @join__field(graph: A)
              org: Org @join__field(graph: A)
              name: String @join__field(graph: A)
            }
            type Org @join__type(graph: A) @join__type(graph: B) { id: ID! @join__field(graph: A) }
            """
        )
    )
    types = supergraph.subgraphs["b-b"].types
    assert set(types["T"].fields) == {"id", "org"}
    assert set(types["Org"].fields) == {"id"}


def test_abstract_types_have_the_members_of_their_subgraph():
    supergraph = load_supergraph(
        v0_5(
            QUERY
            + """
            interface I @join__type(graph: A) @join__type(graph: B, key: "id", isInterfaceObject: true) { id: ID! }
            type X implements I @join__type(graph: A) @join__implements(graph: A, interface: "I") { id: ID! }
            type Y implements I @join__type(graph: A) @join__implements(graph: A, interface: "I")
              @join__type(graph: B) { id: ID! }
            union U @join__type(graph: A) @join__unionMember(graph: A, member: "X")
              @join__type(graph: B) @join__unionMember(graph: B, member: "Y") = X | Y
            """
        )
    )
    a, b = supergraph.subgraphs.values()
    assert a.types["I"].possible_types == ("X", "Y")
    assert (b.types["I"].is_interface_object, b.types["I"].possible_types) == (True, ("I",))
    assert (a.types["U"].possible_types, b.types["U"].possible_types) == (("X",), ("Y",))
    assert supergraph.possible_types["U"] == ("X", "Y")


def test_override_labels_say_when_a_field_is_whose():
    supergraph = load_supergraph(
        v0_5("""
            type Query @join__type(graph: A) @join__type(graph: B) {
              x: Int @join__field(graph: A, overrideLabel: "percent(1)")
                     @join__field(graph: B, override: "a", overrideLabel: "percent(1)")
              y: Int @join__field(graph: A, usedOverridden: true) @join__field(graph: B, override: "a")
            }
        """)
    )
    a, b = (subgraph.types["Query"].fields for subgraph in supergraph.subgraphs.values())
    assert supergraph.override_labels == {"percent(1)"}
    assert (a["x"].override.active, b["x"].override.active) == (False, True)
    assert (a["y"].external, b["y"].external) == (True, False)


def test_contexts_name_the_types_that_set_them():
    supergraph = load_supergraph(
        v0_5("""
            type Query @join__type(graph: A) { t: T }
            type T @join__type(graph: A) @context(name: "a__c") { u: U p: Int }
            type U @join__type(graph: A) {
              f: Int @join__field(graph: A, contextArguments: [
                { context: "a__c", name: "n", type: "Int", selection: " { p }" }
              ])
            }
        """)
    )
    (argument,) = supergraph.subgraphs["a"].types["U"].fields["f"].context_arguments
    assert supergraph.contexts == {"a__c": ("T",)}
    assert (argument.name, argument.type_text, compact(argument.selection)) == ("n", "Int", "{p}")


V0_1 = """
schema @core(feature: "https://specs.apollo.dev/core/v0.1") @core(feature: "https://specs.apollo.dev/join/v0.1") {
  query: Query
}
enum join__Graph { A @join__graph(name: "a", url: "http://a") B @join__graph(name: "b", url: "http://b") }
type Query { t: T @join__field(graph: A) }
type T @join__owner(graph: A) @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") {
  id: ID! @join__field(graph: A)
  name: String
  v: V @join__field(graph: A, provides: "own")
  reviews: Int @join__field(graph: B, requires: "name")
}
type V { own: Int t: T }
type Unreached { x: Int }
"""


def test_join_v0_1_gives_fields_to_owners_and_keys_to_all():
    a, b = load_supergraph(V0_1).subgraphs.values()
    assert set(a.types["T"].fields) == {"id", "name", "v"}
    assert set(b.types["T"].fields) == {"id", "reviews"}
    assert not b.types["T"].fields["id"].external
    # Who defines a type without keys is not said: whoever can return it.
    assert "V" in a.types
    assert "V" not in b.types
    assert "Unreached" not in a.types


@pytest.mark.parametrize(
    ("sdl", "code"),
    [
        ("type Query {", SupergraphErrorCode.INVALID_GRAPHQL),
        ("type Query { x: Int }", SupergraphErrorCode.INVALID_SUPERGRAPH),
        (v0_5(QUERY.replace("(graph: A)", '(graph: A, key: "{")', 1)), SupergraphErrorCode.INVALID_SUPERGRAPH),
        (
            v0_5(QUERY, '@link(url: "https://example.com/vault/v1.0", for: SECURITY)'),
            SupergraphErrorCode.UNSUPPORTED_LINKED_FEATURE,
        ),
        (
            v0_5(QUERY, '@link(url: "https://specs.apollo.dev/inaccessible/v9.0", for: SECURITY)'),
            SupergraphErrorCode.UNSUPPORTED_LINKED_FEATURE,
        ),
        (v0_5(QUERY, '@link(url: "nonsense", for: EXECUTION)'), SupergraphErrorCode.UNSUPPORTED_LINKED_FEATURE),
    ],
)
def test_what_cannot_be_served_safely_is_refused(sdl, code):
    with pytest.raises(InvalidSupergraph) as refused:
        load_supergraph(sdl)
    assert refused.value.code is code


def test_an_unknown_feature_without_purpose_is_ignored():
    assert load_supergraph(v0_5(QUERY, '@link(url: "https://example.com/notes/v1.0")')).subgraphs
