"""Federation v1 subgraphs mean in v2 what they meant in v1."""


def test_value_types_become_shareable(compose):
    sdl = "type Query {{ {query}: Money }} type Money {{ amount: Int currency: String }}"
    outcome = compose(federation=None, a=sdl.format(query="price"), b=sdl.format(query="total"))
    assert outcome.codes == []


def test_value_types_of_federation_2_do_not(compose):
    outcome = compose(
        a="""
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.0")
        type Query { price: Money }
        type Money { amount: Int }
        """,
        b="""
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.0")
        type Query { total: Money }
        type Money { amount: Int }
        """,
    )
    assert set(outcome.codes) == {"INVALID_FIELD_SHARING"}


def test_shared_entity_fields_become_shareable(compose):
    outcome = compose(
        federation=None,
        a='type Query { a: A } type A @key(fields: "id") { id: ID name: String }',
        b='extend type A @key(fields: "id") { id: ID @external name: String }',
    )
    assert outcome.codes == []


def test_subscriptions_are_not_shared(compose):
    outcome = compose(
        federation=None,
        a="type Query { a: Int } type Subscription { tick: Int }",
        b="extend type Subscription { tick: Int }",
    )
    assert outcome.codes == ["INVALID_FIELD_SHARING"]


def test_external_key_fields_of_extensions_are_resolved(compose):
    supergraph = compose(
        federation=None,
        a='type Query { a: A } type A @key(fields: "id") { id: ID }',
        b='extend type A @key(fields: "id") { id: ID @external x: Int }',
    ).supergraph
    assert '@join__type(graph: B, key: "id")' in supergraph
    assert "external: true" not in supergraph


def test_extension_without_key_goes_by_the_key_of_others(compose):
    outcome = compose(
        federation=None,
        a='type Query { a: A } type A @key(fields: "id") { id: ID }',
        b="type Query { b: A } extend type A { id: ID @external }",
    )
    assert "external: true" not in outcome.supergraph


def test_inactive_parts_of_provides_go(compose):
    supergraph = compose(
        federation=None,
        a="""
        type Query { a: A @provides(fields: "own name b { own name }") }
        extend type A @key(fields: "id") { id: ID @external own: Int name: String @external b: B }
        extend type B @key(fields: "id") { id: ID @external own: Int name: String @external }
        """,
        b='type A @key(fields: "id") { id: ID name: String } type B @key(fields: "id") { id: ID name: String }',
    ).supergraph
    assert 'provides: "name b { name }"' in supergraph


def test_inactive_requires_goes(compose):
    sdl = 'type Query { a: A } type A @key(fields: "id") { id: ID x: Int @requires(fields: "id") }'
    assert 'requires: "' not in compose(federation=None, a=sdl).supergraph


def test_tags_on_external_fields_are_joined(compose):
    outcome = compose(
        federation=None,
        a="""
        type Query { a: A @provides(fields: "name") }
        extend type A @key(fields: "id") { id: ID @external name: String @external @tag(name: "public") }
        """,
        b='type A @key(fields: "id") { id: ID name: String @tag(name: "public") }',
    )
    assert outcome.codes == []


def test_tags_on_external_fields_alone_are_refused(compose):
    outcome = compose(
        federation=None,
        a="""
        type Query { a: A @provides(fields: "name") }
        extend type A @key(fields: "id") { id: ID @external name: String @external @tag(name: "public") }
        """,
        b='type A @key(fields: "id") { id: ID name: String }',
    )
    assert outcome.codes == ["MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL"]


def test_external_on_a_type_is_ignored(compose):
    assert compose(federation=None, a="type Query { a: A } type A @external { x: Int }").codes == []


def test_own_definitions_of_federation_directives(compose):
    outcome = compose(
        federation=None,
        a="""
        directive @key(fields: _FieldSet!) repeatable on OBJECT | INTERFACE
        directive @external on FIELD_DEFINITION
        scalar _FieldSet
        scalar _Any
        union _Entity = A
        type _Service { sdl: String }
        type Query { a: A _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }
        type A @key(fields: "id") { id: ID }
        """,
    )
    assert "_Any" not in outcome.supergraph
    assert "_service" not in outcome.supergraph


def test_definitions_without_arguments(compose):
    sdl = 'directive @key on OBJECT type Query { a: A } type A @key(fields: "id") { id: ID }'
    assert 'key: "id"' in compose(federation=None, a=sdl).supergraph


def test_federation_2_directives_defined_by_the_subgraph_are_those_of_federation(compose):
    outcome = compose(
        federation=None,
        a="directive @shareable on OBJECT | FIELD_DEFINITION type Query @shareable { x: Int }",
        b="""
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@shareable"])
        type Query { x: Int @shareable }
        """,
    )
    assert outcome.codes == []


def test_federation_2_directives_are_unknown_otherwise(compose):
    error = compose(federation=None, a="type Query { x: Int @shareable }").error("INVALID_GRAPHQL")
    assert "federation 2" in error.message
