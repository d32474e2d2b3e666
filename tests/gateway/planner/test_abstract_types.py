"""Interfaces and unions: asked as they are where a subgraph can answer, by object type where it cannot."""

import pytest

from gateway.query_plan import RenameKey


@pytest.fixture(scope="module")
def things(supergraph_of):
    return supergraph_of(
        a="""
            type Query { n: N u: U }
            interface N { id: ID! }
            type A implements N @key(fields: "id") { id: ID! x: Int }
            type B implements N @key(fields: "id") { id: ID! x: Int }
            union U = A | B
        """,
        b="""
            type Query { c: C }
            type A @key(fields: "id") { id: ID! y: Int }
            type B @key(fields: "id") { id: ID! y: Int k: K }
            type C @key(fields: "id") { id: ID! }
            type K { z: Int }
            union U = A | C
        """,
    )


def test_an_interface_field_is_asked_on_the_interface(things, outline_of):
    assert outline_of(things, "{ n { id } }") == "a: {n{__typename id}}"


def test_types_that_go_to_one_subgraph_go_in_one_fetch(things, outline_of):
    assert (
        outline_of(things, "{ n { id ... on A { x y } ... on B { k { z } } } }")
        == """\
sequence
  a: {n{__typename id ...on B{__typename id}...on A{__typename x id}}}
  n <- b: {...on B{__typename id}...on A{__typename id}} => {...on B{k{z}}...on A{y}}"""
    )


def test_a_member_that_the_subgraph_does_not_know_is_not_asked_for(things, outline_of):
    # In a, U has no C: the object cannot be one.
    assert outline_of(things, "{ u { ... on A { x } ... on C { id } } }") == "a: {u{__typename ...on A{x}}}"


def test_an_interface_field_that_is_not_everywhere_is_asked_by_type(supergraph_of, outline_of):
    # b resolves price for one of the types only; the other one's is elsewhere.
    graph = supergraph_of(
        a="""
            type Query { all: [P] }
            interface P { price: Int }
            type A implements P @key(fields: "id") { id: ID! price: Int }
            type B implements P @key(fields: "id") { id: ID! price: Int @external }
        """,
        b='type B @key(fields: "id") { id: ID! price: Int }',
    )
    assert (
        outline_of(graph, "{ all { price } }")
        == """\
sequence
  a: {all{__typename ...on A{price}...on B{__typename id}}}
  all.@ <- b: {...on B{__typename id}} => {...on B{price}}"""
    )


def test_fields_whose_types_differ_in_the_subgraph_are_fetched_under_another_key(supergraph_of, plan_of, outline_of):
    # v is V in the merged schema, but V! for one type here: "a{v}" and "b{v}" may not stand side by side.
    graph = supergraph_of(
        a="""
            type Query { is: [I] }
            interface I { v: V }
            type A implements I { v: V }
            type B implements I { v: V! }
            type V { x: Int }
        """,
    )
    operation = "{ is { ... on A { v { x } } ... on B { v { x } } } }"
    assert outline_of(graph, operation) == "a: {is{__typename ...on A{v{x}}...on B{v__alias_0:v{x}}}}"
    (rewrite,) = plan_of(graph, operation).node.output_rewrites
    assert isinstance(rewrite, RenameKey)
    assert rewrite.new_name == "v"


@pytest.fixture(scope="module")
def nested(supergraph_of):
    return supergraph_of(
        a="""
            type Query { f: [U] }
            union U = A | B
            type A { g: [X] }
            type B { g: [X] }
            type X @key(fields: "id") { id: ID! }
        """,
        b='type X @key(fields: "id") { id: ID! h(p: Int): Int }',
    )


def test_objects_below_different_types_are_fetched_together(nested, outline_of):
    assert (
        outline_of(nested, "{ f { ... on A { g { h } } ... on B { g { h } } } }")
        == """\
sequence
  a: {f{__typename ...on A{g{__typename id}}...on B{g{__typename id}}}}
  f.@.g.@ <- b: {...on X{__typename id}} => {...on X{h}}"""
    )


def test_but_not_when_they_are_asked_different_things_under_one_key(nested, outline_of):
    assert (
        outline_of(nested, "{ f { ... on A { g { h(p: 1) } } ... on B { g { h(p: 2) } } } }")
        == """\
sequence
  a: {f{__typename ...on A{g{__typename id}}...on B{g{__typename id}}}}
  parallel
    f.@|[A].g.@ <- b: {...on X{__typename id}} => {...on X{h(p:1)}}
    f.@|[B].g.@ <- b: {...on X{__typename id}} => {...on X{h(p:2)}}"""
    )


def test_type_conditioned_fetching_keeps_them_apart_always(nested, outline_of):
    outline = outline_of(nested, "{ f { ... on A { g { h } } ... on B { g { h id } } } }", type_conditioned=True)
    assert "f.@|[A].g.@ <- b" in outline
    assert "f.@|[B].g.@ <- b" in outline


@pytest.fixture(scope="module")
def media(supergraph_of):
    return supergraph_of(
        a="""
            type Query { i: I }
            interface I @key(fields: "id") { id: ID! n: String }
            type A implements I @key(fields: "id") { id: ID! n: String }
            type B implements I @key(fields: "id") { id: ID! n: String b: Int }
        """,
        b='type Query { j: I } type I @key(fields: "id") @interfaceObject { id: ID! r: Int }',
    )


def test_an_interface_object_answers_for_all_types(media, plan_of, outline_of):
    operation = "{ i { n r } }"
    assert (
        outline_of(media, operation)
        == """\
sequence
  a: {i{__typename n ...on A{__typename id}...on B{__typename id}}}
  i <- b: {...on A{__typename id}...on B{__typename id}} => {...on I{r}}"""
    )
    rewrites = plan_of(media, operation).node.nodes[1].node.input_rewrites
    assert {rewrite.value for rewrite in rewrites} == {"I"}


def test_an_interface_object_is_asked_directly_for_what_it_has(media, outline_of):
    assert outline_of(media, "{ j { r } }") == "b: {j{r}}"


def test_the_type_of_an_interface_object_is_told_by_a_subgraph_that_has_the_interface(media, outline_of):
    assert (
        outline_of(media, "{ j { __typename } }")
        == """\
sequence
  b: {j{__typename id}}
  j <- a: {...on I{__typename id}} => {...on I{__typename}}"""
    )


def test_a_field_for_some_types_waits_until_the_type_is_known(media, outline_of):
    # b could answer r at once, but also for objects that are no B, whose errors and nulls are nobody's business.
    assert (
        outline_of(media, "{ j { ... on B { b r } } }")
        == """\
sequence
  b: {j{__typename id}}
  j <- a: {...on I{__typename id}} => {...on I{__typename}...on B{b id}}
  j <- b: {...on B{__typename id}} => {...on I{r}}"""
    )


def test_a_field_that_an_object_type_narrows_is_asked_of_both_types(supergraph_of, outline_of):
    # T is the only I, so i.f is one field; but only as a field of T do its objects have n.
    graph = supergraph_of(
        a="""
            type Query { i: I } interface I { f: Node } interface Node { id: ID! }
            type T implements I { f: Item } type Item implements Node { id: ID! n: Item }
        """,
    )
    assert (
        outline_of(graph, "{ i { f { id } ... on T { f { n { id } } } } }")
        == "a: {i{__typename f{__typename id ...on Item{n{id}}}}}"
    )
