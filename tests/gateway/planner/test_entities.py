"""Entities: fetched where their fields are, by the keys at hand, in the fewest rounds."""

import pytest


@pytest.fixture(scope="module")
def shop(supergraph_of):
    return supergraph_of(
        users="""
            type Query { me: User }
            type User @key(fields: "id") { id: ID! name: String @shareable }
        """,
        reviews="""
            type User @key(fields: "id") { id: ID! name: String @external reviews: [Review] }
            type Review { body: String author: User @provides(fields: "name") product: Product }
            type Product @key(fields: "upc") { upc: ID! }
        """,
        products="""
            type Product @key(fields: "upc") @key(fields: "sku pkg { id }") {
              upc: ID! sku: ID! @shareable pkg: Pkg @shareable title: String
            }
            type Pkg @shareable { id: ID! }
        """,
        stock="""
            type Product @key(fields: "sku pkg { id }") { sku: ID! @shareable pkg: Pkg @shareable left: Int }
            type Pkg @shareable { id: ID! }
        """,
    )


def test_one_subgraph_needs_one_fetch_without_keys(shop, outline_of):
    assert outline_of(shop, "{ me { name } }") == "users: {me{name}}"


def test_what_is_provided_is_not_fetched_from_its_owner(shop, outline_of):
    # author is a User that reviews returned: id is its key, name is provided there.
    assert (
        outline_of(shop, "{ me { reviews { body author { id name } } } }")
        == """\
sequence
  users: {me{__typename id}}
  me <- reviews: {...on User{__typename id}} => {...on User{reviews{author{id name}body}}}"""
    )


def test_a_compound_key_is_fetched_on_the_way_to_a_subgraph_that_knows_no_other(shop, outline_of):
    # reviews knows only upc, stock only the compound key: products has to translate, and brings the title along.
    assert (
        outline_of(shop, "{ me { reviews { product { title left } } } }")
        == """\
sequence
  users: {me{__typename id}}
  me <- reviews: {...on User{__typename id}} => {...on User{reviews{product{__typename upc}}}}
  me.reviews.@.product <- products: {...on Product{__typename upc}} => {...on Product{title sku pkg{id}}}
  me.reviews.@.product <- stock: {...on Product{__typename sku pkg{id}}} => {...on Product{left}}"""
    )


def test_a_key_does_not_collide_with_an_alias_of_the_client(shop, outline_of):
    assert (
        outline_of(shop, "{ me { id: name reviews { body } } }")
        == """\
sequence
  users: {me{__typename _id_0:id id:name}}
  me <- reviews: {...on User{__typename _id_0:id}} => {...on User{reviews{body}}}"""
    )


def test_a_fetch_is_conditional_when_all_of_it_is(shop, outline_of):
    assert (
        outline_of(shop, "query ($a: Boolean!) { me { name reviews @include(if: $a) { body } } }")
        == """\
sequence
  users: {me{__typename id name}}
  if $a
    me <- reviews: {...on User{__typename id}} => {...on User{reviews{body}}}"""
    )


def test_no_fetch_for_what_the_gateway_knows(shop, outline_of):
    assert outline_of(shop, "{ __typename __schema { types { name } } }") == ""


@pytest.fixture(scope="module")
def labels(supergraph_of):
    return supergraph_of(
        a='type Query { p: P } type P @key(fields: "id") { id: ID! code: Int }',
        b="""
            type P @key(fields: "id") {
              id: ID! code: Int @external title: String label: String @requires(fields: "code")
            }
        """,
        c='type P @key(fields: "id") { id: ID! size: Int }',
    )


def test_objects_under_different_conditions_share_no_fetch_that_needs_more_of_some(labels, outline_of):
    # label requires code, which is only asked for when $b: with one fetch for both, title would be lost without $b.
    assert (
        outline_of(
            labels, "query ($a: Boolean!, $b: Boolean!) { p @include(if: $a) { title } p @include(if: $b) { label } }"
        )
        == """\
sequence
  a: {p@include(if:$a){__typename id}p@include(if:$b){__typename code id}}
  parallel
    if $a
      p <- b: {...on P{__typename id}} => {...on P{title}}
    if $b
      p <- b: {...on P{__typename id code}} => {...on P{label}}"""
    )


def test_objects_asked_for_with_and_without_a_condition_share_their_fetches(labels, outline_of):
    # They are the same objects, of which $a asks more.
    assert (
        outline_of(labels, "query ($a: Boolean!) { p @include(if: $a) { label size } p { title } }")
        == """\
sequence
  a: {p{__typename code id}}
  parallel
    p <- b: {...on P{__typename id code}} => {...on P{label@include(if:$a)title}}
    if $a
      p <- c: {...on P{__typename id}} => {...on P{size}}"""
    )


def test_nothing_is_fetched_for_a_requirement_of_what_is_not_asked_for(supergraph_of, outline_of):
    graph = supergraph_of(
        a='type Query { p: P } type P @key(fields: "id") { id: ID! }',
        b='type P @key(fields: "id") { id: ID! code: Int }',
        c='type P @key(fields: "id") { id: ID! code: Int @external label: String @requires(fields: "code") }',
    )
    assert (
        outline_of(graph, "query ($a: Boolean!) { p { id label @skip(if: $a) } }")
        == """\
sequence
  a: {p{__typename id}}
  unless $a
    sequence
      p <- b: {...on P{__typename id}} => {...on P{code}}
      p <- c: {...on P{__typename id code}} => {...on P{label}}"""
    )


def test_a_field_of_query_type_leads_to_the_roots_of_other_subgraphs(supergraph_of, outline_of):
    graph = supergraph_of(
        a='type Query { t: T } type T @key(fields: "id") { id: ID! q: Query }',
        b="type Query { r: Int }",
    )
    assert (
        outline_of(graph, "{ t { q { r t { id } } } }")
        == """\
sequence
  a: {t{q{__typename t{id}}}}
  t.q <- b: {r}"""
    )


def test_objects_of_one_type_come_with_a_later_fetch_for_those_of_another(supergraph_of, outline_of):
    # B has to wait for n; A could be asked for before, but the answer is complete only with both.
    graph = supergraph_of(
        a="""
            type Query { u: U } union U = A | B
            type A @key(fields: "id") { id: ID! } type B @key(fields: "id") { id: ID! }
        """,
        b="""
            type A @key(fields: "id") { id: ID! x: Int }
            type B @key(fields: "id") { id: ID! n: Int @external y: Int @requires(fields: "n") }
        """,
        c='type B @key(fields: "id") { id: ID! n: Int }',
    )
    assert (
        outline_of(graph, "{ u { ... on A { x } ... on B { y } } }")
        == """\
sequence
  a: {u{__typename ...on B{__typename id}...on A{__typename id}}}
  u <- c: {...on B{__typename id}} => {...on B{n}}
  u <- b: {...on B{__typename id n}...on A{__typename id}} => {...on B{y}...on A{x}}"""
    )


def test_what_an_object_needs_no_more_for_is_not_put_off_until_it_does(supergraph_of, outline_of):
    # Where c does not know the object, there is no n to send for y; x is there nevertheless.
    graph = supergraph_of(
        a='type Query { t: T } type T @key(fields: "id") { id: ID! }',
        b='type T @key(fields: "id") { id: ID! n: Int @external x: Int y: Int @requires(fields: "n") }',
        c='type T @key(fields: "id") { id: ID! n: Int }',
    )
    assert (
        outline_of(graph, "{ t { x y } }")
        == """\
sequence
  a: {t{__typename id}}
  parallel
    sequence
      t <- c: {...on T{__typename id}} => {...on T{n}}
      t <- b: {...on T{__typename id n}} => {...on T{y}}
    t <- b: {...on T{__typename id}} => {...on T{x}}"""
    )
