"""The API schema: a supergraph as clients see it."""

from graphql import parse

from gateway.composition import SubgraphSource, compose
from gateway.sdl_text import print_sdl
from gateway.supergraph.api_schema import api_document, to_api_schema
from gateway.supergraph.load import load_supergraph

LINK = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@inaccessible", "@tag", "@key"]) '
)
SDL = (
    LINK
    + """
directive @slow(why: Why) on FIELD
enum Why { CPU @tag(name: "x") DISK @inaccessible }
"All of it" type Query { item(a: Int @deprecated, b: Int @inaccessible): Item @deprecated(reason: "old") any: Any }
interface Node @inaccessible { id: ID! }
type Item implements Node @key(fields: "id") { id: ID! secret: Hidden @inaccessible }
type Hidden @inaccessible { x: Int }
union Any = Item | Hidden
scalar Url @specifiedBy(url: "https://url.spec.whatwg.org")
"""
)
API = '''schema {
  query: Query
}

directive @slow(why: Why) on FIELD

union Any = Item

type Item {
  id: ID!
}

"""All of it"""
type Query {
  item(a: Int @deprecated): Item @deprecated(reason: "old")
  any: Any
}

scalar Url
  @specifiedBy(url: "https://url.spec.whatwg.org")

enum Why {
  CPU
}
'''


def test_machinery_and_hidden_elements_are_gone():
    composed = compose([SubgraphSource("shop", "http://shop", SDL)])
    assert composed.supergraph is not None, composed.errors
    assert print_sdl(api_document(composed.supergraph.document)) == API


def test_executable_form():
    text = compose([SubgraphSource("shop", "http://shop", SDL)]).supergraph.text
    schema = to_api_schema(load_supergraph(text).schema)
    assert set(schema.query_type.fields["item"].args) == {"a"}
    assert "join__Graph" not in schema.type_map


def test_core_spec_of_federation_1():
    document = parse("""
        schema
          @core(feature: "https://specs.apollo.dev/core/v0.2")
          @core(feature: "https://specs.apollo.dev/join/v0.1", for: EXECUTION)
          @core(feature: "https://specs.apollo.dev/inaccessible/v0.1", as: "hide", for: SECURITY)
        { query: Query }
        directive @hide on FIELD_DEFINITION
        scalar join__FieldSet
        enum core__Purpose { EXECUTION SECURITY }
        type Query { q: Int r: Int @hide }
    """)
    assert print_sdl(api_document(document)) == "schema {\n  query: Query\n}\n\ntype Query {\n  q: Int\n}\n"
