"""``@requires`` and ``@fromContext``: what a field needs is there before it is asked for."""

import pytest


@pytest.fixture(scope="module")
def parcels(supergraph_of):
    return supergraph_of(
        a="""
            enum Unit { KG LB }
            type Query { p: P }
            type P @key(fields: "id") { id: ID! weight(unit: Unit): Int price: Int }
        """,
        b="""
            enum Unit { KG LB }
            type P @key(fields: "id") {
              id: ID! weight(unit: Unit): Int @external price: Int @external
              ship: Int @requires(fields: "weight(unit: KG) price") tax: Int @requires(fields: "price")
            }
        """,
        c="""
            type P @key(fields: "id") { id: ID! ship: Int @external label: String @requires(fields: "ship") }
        """,
    )


def test_required_fields_of_the_parent_fetch_cost_no_round(parcels, outline_of):
    assert (
        outline_of(parcels, "{ p { ship } }")
        == """\
sequence
  a: {p{__typename weight(unit:KG)price id}}
  p <- b: {...on P{__typename id weight(unit:KG)price}} => {...on P{ship}}"""
    )


def test_requirements_chain_and_other_arguments_get_another_key(parcels, outline_of):
    # The client's weight is in pounds; what ship requires is in kilograms. label waits for ship.
    assert (
        outline_of(parcels, "{ p { weight(unit: LB) ship label } }")
        == """\
sequence
  a: {p{__typename _weight_0:weight(unit:KG)price id weight(unit:LB)}}
  p <- b: {...on P{__typename id _weight_0:weight(unit:KG)price}} => {...on P{ship}}
  p <- c: {...on P{__typename id ship}} => {...on P{label}}"""
    )


def test_fields_that_can_be_asked_together_are(parcels, outline_of):
    assert (
        outline_of(parcels, "query ($a: Boolean!) { p { ship @include(if: $a) tax } }")
        == """\
sequence
  a: {p{__typename weight(unit:KG)price id}}
  p <- b: {...on P{__typename id weight(unit:KG)price}} => {...on P{ship@include(if:$a)tax}}"""
    )


def test_a_requirement_that_the_same_fetch_provides_needs_no_other_fetch(supergraph_of, outline_of):
    graph = supergraph_of(
        a='type Query { u: U } type U @key(fields: "id") { id: ID! name: String @shareable }',
        b="""
            type Query { review: Review }
            type Review { author: U @provides(fields: "name") stranger: U }
            type U @key(fields: "id") { id: ID! name: String @external greeting: String @requires(fields: "name") }
        """,
    )
    assert outline_of(graph, "{ review { author { greeting } } }") == "b: {review{author{greeting name}}}"
    assert (
        outline_of(graph, "{ review { stranger { greeting } } }")
        == """\
sequence
  b: {review{stranger{__typename id}}}
  review.stranger <- a: {...on U{__typename id}} => {...on U{name}}
  review.stranger <- b: {...on U{__typename id name}} => {...on U{greeting}}"""
    )


def test_a_subgraph_is_entered_again_for_what_needs_others(supergraph_of, outline_of):
    graph = supergraph_of(
        a="""
            type Query { k: K }
            type K @key(fields: "id") { id: ID! r: String @external f: Int @requires(fields: "r") }
        """,
        b='type K @key(fields: "id") { id: ID! r: String }',
    )
    assert (
        outline_of(graph, "{ k { f } }")
        == """\
sequence
  a: {k{__typename id}}
  k <- b: {...on K{__typename id}} => {...on K{r}}
  k <- a: {...on K{__typename id r}} => {...on K{f}}"""
    )


def test_requirements_may_need_a_key_that_a_third_subgraph_translates(supergraph_of, outline_of):
    # b has the required field under id, a wants code with it: c knows both and is asked beside nothing else.
    graph = supergraph_of(
        a='type T @key(fields: "code") { code: ID! r: Int @external f: Int @requires(fields: "r") }',
        b='type Query { t: T } type T @key(fields: "id") { id: ID! r: Int }',
        c='type T @key(fields: "id") @key(fields: "code") { id: ID! code: ID! }',
    )
    assert (
        outline_of(graph, "{ t { f } }")
        == """\
sequence
  b: {t{__typename r id}}
  t <- c: {...on T{__typename id}} => {...on T{code}}
  t <- a: {...on T{__typename code r}} => {...on T{f}}"""
    )


def test_nested_requirements_fetch_inside_the_entity(supergraph_of, outline_of):
    graph = supergraph_of(
        a='type Query { o: O } type O @key(fields: "id") { id: ID! u: U } type U @key(fields: "id") { id: ID! }',
        b='type U @key(fields: "id") { id: ID! vip: Boolean }',
        c="""
            type O @key(fields: "id") { id: ID! u: U @external price: Int @requires(fields: "u { vip }") }
            type U @key(fields: "id", resolvable: false) { id: ID! vip: Boolean @external }
        """,
    )
    assert (
        outline_of(graph, "{ o { price } }")
        == """\
sequence
  a: {o{__typename u{__typename id}id}}
  o.u <- b: {...on U{__typename id}} => {...on U{vip}}
  o <- c: {...on O{__typename id u{vip}}} => {...on O{price}}"""
    )


def test_a_context_is_read_before_the_fetch_that_needs_it_and_filled_in_place(supergraph_of, plan_of, outline_of):
    # The fetch for T starts at the object that sets the context, so price needs no fetch of its own.
    graph = supergraph_of(
        a='type Query { t: T } type T @key(fields: "id") @context(name: "c") { id: ID! loc: String }',
        b="""
            type T @key(fields: "id") @context(name: "c") { id: ID! loc: String @external v: V }
            type V @key(fields: "vid") { vid: ID! price(l: String @fromContext(field: "$c { loc }")): Int }
        """,
    )
    operation = "{ t { v { price } } }"
    assert (
        outline_of(graph, operation)
        == """\
sequence
  a: {t{__typename loc id}}
  t <- b: {...on T{__typename id}} => {...on T{v{price(l:$contextualArgument_0)}}}"""
    )
    (value,) = plan_of(graph, operation).node.nodes[1].node.context_values
    assert (value.parents_up, value.path[0].name) == (0, "loc")


def test_a_context_that_objects_of_several_types_set_is_read_by_type(supergraph_of, plan_of, outline_of):
    graph = supergraph_of(
        a="""
            type Query { m: [M] }
            union M @context(name: "c") = A | B
            type A @key(fields: "id") { id: ID! pa: String x: X }
            type B @key(fields: "id") { id: ID! pb: String x: X }
            type X @key(fields: "id") {
              id: ID! f(v: String @fromContext(field: "$c ... on A { pa } ... on B { pb }")): Int
            }
        """,
    )
    operation = "{ m { ... on A { x { f } } ... on B { x { f } } } }"
    assert (
        outline_of(graph, operation)
        == """\
sequence
  a: {m{__typename ...on A{pa x{__typename id}}...on B{pb x{__typename id}}}}
  m.@.x <- a: {...on X{__typename id}} => {...on X{f(v:$contextualArgument_0)}}"""
    )
    values = plan_of(graph, operation).node.nodes[1].node.context_values
    assert [(value.parents_up, value.path[0].types, value.path[1].name) for value in values] == [
        (1, ("A",), "pa"),
        (1, ("B",), "pb"),
    ]
