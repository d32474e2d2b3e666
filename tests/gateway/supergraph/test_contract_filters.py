"""Contracts: what of a supergraph clients see, by tag."""

import pytest
from graphql import build_ast_schema, parse

from gateway.composition import SubgraphSource, compose
from gateway.sdl_text import print_sdl
from gateway.supergraph.api_schema import api_document
from gateway.supergraph.contracts import ContractFilter, EmptyContract, contract
from gateway.supergraph.load import load_supergraph

SDL = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag", "@inaccessible"])
type Query {
  item(by: By): Item @tag(name: "public")
  staff: Staff @tag(name: "internal")
  any: Any
  old: Int @inaccessible
}
type Item @tag(name: "public") { id: ID! cost: Int @tag(name: "internal") unit: Unit staff: Staff }
type Staff @tag(name: "internal") { name: String }
union Any = Staff
enum Unit { GRAM STONE @tag(name: "internal") }
input By { id: ID note: Note @tag(name: "internal") }
input Note { text: String }
scalar Unused
"""


@pytest.fixture(scope="module")
def supergraph():
    composed = compose([SubgraphSource("shop", "http://shop", SDL)])
    assert composed.supergraph is not None, composed.errors
    return composed.supergraph.document


def _visible(supergraph, **chosen):
    chosen = {name: frozenset(value) if isinstance(value, set) else value for name, value in chosen.items()}
    made = contract(supergraph, ContractFilter(**chosen))
    load_supergraph(print_sdl(made))
    return build_ast_schema(api_document(made))


def _types(schema):
    return {name for name in schema.type_map if not name.startswith("__")} - {"ID", "Int", "String", "Boolean", "Float"}


def test_exclude(supergraph):
    schema = _visible(supergraph, exclude={"internal"})
    assert _types(schema) == {"Query", "Item", "Unit", "By"}
    assert set(schema.type_map["Item"].fields) == {"id", "unit"}
    assert set(schema.type_map["Query"].fields) == {"item"}
    assert set(schema.type_map["Unit"].values) == {"GRAM"}
    assert set(schema.type_map["By"].fields) == {"id"}


def test_include(supergraph):
    schema = _visible(supergraph, include={"public"})
    assert _types(schema) == {"Query", "Item", "Unit", "By", "Note"}
    assert set(schema.type_map["Query"].fields) == {"item"}
    assert set(schema.type_map["Item"].fields) == {"id", "cost", "unit"}


def test_exclude_wins_over_include(supergraph):
    schema = _visible(supergraph, include={"public"}, exclude={"internal"})
    assert set(schema.type_map["Item"].fields) == {"id", "unit"}


def test_unreachable_types_may_stay(supergraph):
    assert "Unused" in _types(_visible(supergraph, exclude={"internal"}, hide_unreachable=False))


def test_hidden_elements_stay_in_the_supergraph(supergraph):
    made = contract(supergraph, ContractFilter(exclude=frozenset({"internal"})))
    loaded = load_supergraph(made)
    assert "cost" in loaded.subgraphs["shop"].types["Item"].fields


def test_link_is_added_where_it_is_missing():
    tagged = SDL.replace("old: Int @inaccessible", "")
    composed = compose([SubgraphSource("shop", "http://shop", tagged)]).supergraph
    text = print_sdl(contract(composed.document, ContractFilter(exclude=frozenset({"internal"}))))
    assert "specs.apollo.dev/inaccessible" not in composed.text
    assert '@link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY)' in text
    assert "directive @inaccessible on" in text
    parse(text)


def test_contract_without_any_query(supergraph):
    with pytest.raises(EmptyContract):
        contract(supergraph, ContractFilter(include=frozenset({"nobody"})))
