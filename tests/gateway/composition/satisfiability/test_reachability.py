"""What can be answered, and by which ways."""


def test_composite_key_over_two_hops(compose):
    assert compose(
        shop='type Query { item: Item } type Item @key(fields: "id") { id: ID! }',
        index='type Item @key(fields: "id") @key(fields: "ref { a b }") { id: ID! ref: Ref } type Ref { a: Int b: Int }',
        stock='type Item @key(fields: "ref { a b }") { ref: Ref @shareable weight: Int } type Ref @shareable { a: Int b: Int }',
    ).supergraph


def test_provided_field_needs_no_key(compose):
    assert compose(
        shop="""
            type Query { best: Item @provides(fields: "name") }
            type Item @key(fields: "id") { id: ID! name: String @external }
        """,
        stock='type Item @key(fields: "id") { id: ID! name: String @shareable }',
    ).supergraph


def test_requirements_may_need_other_requirements(compose):
    assert compose(
        shop='type Query { item: Item } type Item @key(fields: "id") { id: ID! a: Int }',
        first='type Item @key(fields: "id") { id: ID! a: Int @external b: Int @requires(fields: "a") }',
        second='type Item @key(fields: "id") { id: ID! b: Int @external c: Int @requires(fields: "b") }',
    ).supergraph


def test_requirements_in_a_circle(compose):
    outcome = compose(
        first='type Query { item: Item } type Item @key(fields: "id") { id: ID! b: Int @external a: Int @requires(fields: "b") }',
        second='type Item @key(fields: "id") { id: ID! a: Int @external b: Int @requires(fields: "a") }',
    )
    assert set(outcome.codes) == {"SATISFIABILITY_ERROR"}


def test_interface_object_field_of_an_implementation(compose):
    assert compose(
        shop="""
            type Query { item: Item }
            interface Node @key(fields: "id") { id: ID! }
            type Item implements Node @key(fields: "id") { id: ID! }
        """,
        stock='type Query { any: Node } type Node @interfaceObject @key(fields: "id") { id: ID! weight: Int }',
    ).supergraph


def test_object_that_a_subgraph_never_returns(compose):
    """``other`` of stock is a Node, but never a Box: nothing has to be answered for that."""
    assert compose(
        shop="""
            type Query { node: Node }
            interface Node { id: ID! }
            type Item implements Node @key(fields: "id") { id: ID! }
            type Box implements Node { id: ID! size: Int }
        """,
        stock="""
            interface Node { id: ID! }
            type Item implements Node @key(fields: "id") { id: ID! other: Node }
        """,
    ).supergraph


def test_query_type_inside_a_query(compose):
    assert compose(shop="type Query { again: Query }", stock="type Query { q: Int }").supergraph


def test_mutation_that_one_subgraph_answers_alone(compose):
    assert compose(
        shop="type Query { q: Int } type Mutation { buy: Receipt @shareable } type Receipt @shareable { a: Int }",
        stock="type Mutation { buy: Receipt @shareable } type Receipt @shareable { a: Int }",
    ).supergraph


def test_hidden_fields_need_no_answer(compose):
    assert compose(
        shop="type Query { item: Item } type Item @shareable { id: ID }",
        stock="type Query { other: Item } type Item @shareable { id: ID weight: Int @inaccessible }",
    ).supergraph


def test_shared_field_with_different_types_is_hinted_at(compose):
    outcome = compose(
        shop="type Query { q: Node @shareable } interface Node { id: ID } type A implements Node { id: ID @shareable }",
        stock="""
            type Query { q: Node @shareable }
            interface Node { id: ID }
            type A implements Node { id: ID @shareable }
            type B implements Node { id: ID }
        """,
    )
    assert outcome.supergraph
    assert "INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN" in [hint.code for hint in outcome.composition.hints]


def test_many_dead_ends_are_not_tried_in_every_order(compose):
    """Each subgraph has a key that no other knows; combinations of them would not be through in a lifetime."""
    sdls = {
        f"s{number}": f'type Query {{ q{number}: T }} type T @key(fields: "k{number}") {{ k{number}: ID! }}'
        for number in range(24)
    }
    outcome = compose(**sdls)
    assert set(outcome.codes) == {"SATISFIABILITY_ERROR"}
    assert len(outcome.codes) == 24 * 23


def test_key_is_not_looked_for_in_the_subgraph_that_it_leads_into(compose):
    outcome = compose(
        shop="""
            type Query { list: List }
            type List @key(fields: "items { id }") { items: [Item!]! @shareable }
            type Item @key(fields: "id") { id: ID! }
        """,
        stock="""
            type List @key(fields: "items { id sku }") { items: [Item!]! @shareable total: Int }
            type Item @key(fields: "id") { id: ID! sku: ID! }
        """,
    )
    assert '@key(fields: "items { id sku }")' in outcome.error("SATISFIABILITY_ERROR").message
