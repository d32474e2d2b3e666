"""Mutations, subscriptions and deferred parts."""

import pytest


@pytest.fixture(scope="module")
def graph(supergraph_of):
    return supergraph_of(
        a="""
            type Query { t: T }
            type Mutation { one: T two: T three: Int both: T @shareable }
            type Subscription { changed: T }
            type T @key(fields: "id") { id: ID! fast: Int next: T }
        """,
        b="""
            type Mutation { other: T both: T @shareable }
            type T @key(fields: "id") { id: ID! slow: Int }
        """,
    )


def test_mutations_run_one_after_the_other_each_with_what_its_answer_needs(graph, outline_of):
    assert (
        outline_of(graph, "mutation { one { slow } two { id } other { slow } three }")
        == """\
sequence
  a: mutation {one{__typename id}two{id}}
  one <- b: {...on T{__typename id}} => {...on T{slow}}
  b: mutation {other{slow}}
  a: mutation {three}"""
    )


def test_mutations_of_one_request_keep_their_order_whatever_they_return(graph, outline_of):
    assert (
        outline_of(graph, "mutation { three one { id } again: three ... @include(if: true) { two { id } } __typename }")
        == "a: mutation {three one{id}again:three two{id}}"
    )


def test_fragments_do_not_change_the_order_of_mutations(graph, outline_of):
    # A field takes one @include; the second stands on a fragment, which must not gather fields from elsewhere.
    assert (
        outline_of(
            graph,
            """
            mutation ($x: Boolean!, $y: Boolean!) {
              ... @include(if: $x) { first: three @include(if: $y) }
              second: three
              ... @include(if: $x) { third: three @include(if: $y) }
            }
            """,
        )
        == "a: mutation {...@include(if:$y){first:three@include(if:$x)}second:three "
        "...@include(if:$y){third:three@include(if:$x)}}"
    )


def test_one_subgraph_decides_itself_where_a_mutation_occurs_first(graph, outline_of):
    assert (
        outline_of(graph, "mutation ($x: Boolean!) { one @include(if: $x) { id } two { id } one { fast } }")
        == "a: mutation {one@include(if:$x){id}two{id}one{fast}}"
    )


def test_what_is_asked_of_a_mutation_under_a_condition_is_fetched_under_it(graph, outline_of):
    assert (
        outline_of(graph, "mutation ($x: Boolean!) { one @include(if: $x) { slow also: slow } one { slow } }")
        == """\
sequence
  a: mutation {one@include(if:$x){__typename id}one{__typename id}}
  one <- b: {...on T{__typename id}} => {...@include(if:$x){...on T{slow also:slow}}...on T{slow}}"""
    )


def test_a_mutation_is_executed_where_it_occurs_first_and_asked_for_everything(graph, outline_of):
    # With $x, one comes before other, and nothing of it is done or fetched again after it.
    assert (
        outline_of(graph, "mutation ($x: Boolean!) { one @include(if: $x) { id } other { id } one { slow } }")
        == """\
sequence
  if $x
    sequence
      a: mutation {one{__typename id}}
      one <- b: {...on T{__typename id}} => {...on T{slow}}
  b: mutation {other{id}}
  unless $x
    sequence
      a: mutation {one{__typename id}}
      one <- b: {...on T{__typename id}} => {...on T{slow}}"""
    )


def test_a_shared_mutation_happens_once(graph, outline_of):
    # Unlike a query, it may not be split over both subgraphs: that would do it twice.
    assert (
        outline_of(graph, "mutation { both { fast slow } }")
        == """\
sequence
  a: mutation {both{__typename fast id}}
  both <- b: {...on T{__typename id}} => {...on T{slow}}"""
    )


def test_a_subscription_opens_one_stream_and_completes_each_event(graph, outline_of):
    assert (
        outline_of(graph, "subscription { changed { fast slow } }")
        == """\
events
  a: subscription {changed{__typename fast id}}
each
  changed <- b: {...on T{__typename id}} => {...on T{slow}}"""
    )


def test_what_is_deferred_does_not_hold_up_the_rest(graph, outline_of):
    # next could come with fast, but then the first answer would wait for it: its subgraph is asked again instead.
    assert (
        outline_of(
            graph, '{ t { fast ... @defer(label: "x") { slow ... @defer { next { fast } } } } }', incremental=True
        )
        == """\
first {t{fast}}
  a: {t{__typename fast id}}
later x at t after [0] {slow}
  first {slow}
    t <- b: {...on T{__typename id}} => {...on T{slow}}
  later at t after [0] {next{fast}}
    t <- a: {...on T{__typename id}} => {...on T{next{fast}}}"""
    )


def test_a_variable_decides_between_a_deferred_and_a_whole_plan(graph, outline_of):
    assert (
        outline_of(graph, "query ($d: Boolean!) { t { fast ... @defer(if: $d) { slow } } }", incremental=True)
        == """\
if $d
  first {t{fast}}
    a: {t{__typename fast id}}
  later at t after [0] {slow}
    t <- b: {...on T{__typename id}} => {...on T{slow}}
unless $d
  sequence
    a: {t{__typename fast id}}
    t <- b: {...on T{__typename id}} => {...on T{slow}}"""
    )


def test_nothing_is_deferred_for_a_client_that_takes_one_answer(graph, outline_of):
    assert (
        outline_of(graph, "{ t { ... @defer { fast } slow } }")
        == """\
sequence
  a: {t{__typename fast id}}
  t <- b: {...on T{__typename id}} => {...on T{slow}}"""
    )


def test_fields_that_no_key_leads_back_to_come_with_the_first_answer(supergraph_of, outline_of):
    graph = supergraph_of(a="type Query { v: V } type V { x: Int y: Int }")
    assert (
        outline_of(graph, "{ v { x ... @defer { y } } }", incremental=True)
        == """\
first {v{x}}
  a: {v{x y}}
later at v after [] {y}"""
    )


def test_a_field_asked_at_once_is_not_fetched_again_later(graph, outline_of):
    assert (
        outline_of(graph, "{ t { fast ... @defer { fast slow } } }", incremental=True)
        == """\
first {t{fast}}
  a: {t{__typename fast id}}
later at t after [0] {fast slow}
  t <- b: {...on T{__typename id}} => {...on T{slow}}"""
    )


def test_a_field_of_an_interface_without_a_key_comes_with_the_first_answer(supergraph_of, outline_of):
    # It is asked of all objects at once: putting it off for those that have a key would ask for it twice.
    graph = supergraph_of(
        a="""
            type Query { plain: Plain keyed: Keyed }
            interface Plain { x: Int y: Int }
            interface Keyed @key(fields: "id") { id: ID! x: Int y: Int }
            type T implements Plain & Keyed @key(fields: "id") { id: ID! x: Int y: Int }
            type W implements Plain { x: Int y: Int }
        """,
    )
    assert (
        outline_of(graph, "{ plain { x ... @defer { y } } }", incremental=True)
        == """\
first {plain{x}}
  a: {plain{__typename x y}}
later at plain after [] {y}"""
    )
    assert (
        outline_of(graph, "{ keyed { x ... @defer { y } } }", incremental=True)
        == """\
first {keyed{x}}
  a: {keyed{__typename x id}}
later at keyed after [0] {y}
  keyed <- a: {...on T{__typename id}} => {...on Keyed{y}}"""
    )


def test_a_key_comes_with_the_first_answer(supergraph_of, outline_of):
    # It is needed to enter the subgraph again, which would bring nothing else.
    graph = supergraph_of(
        a="""
            type Query { t: T }
            type T @key(fields: "id tag { code }") { id: ID! tag: Tag! x: Int }
            type Tag { code: Int }
        """,
    )
    assert (
        outline_of(graph, "{ t { x ... @defer { id tag { code } } } }", incremental=True)
        == """\
first {t{x}}
  a: {t{x tag{code}id}}
later at t after [] {id tag{code}}"""
    )


def test_a_part_for_objects_of_one_type_beside_what_those_of_another_need(supergraph_of, outline_of):
    # The way into c that B takes in the first answer says nothing of A.
    graph = supergraph_of(
        a="""
            type Query { node: Node }
            union Node = A | B
            type A @key(fields: "id") { id: ID! one: Int @external two: Int @requires(fields: "one") }
            type B @key(fields: "id") { id: ID! }
        """,
        b="""
            type A @key(fields: "id") { id: ID! one: Int }
        """,
        c="""
            type B @key(fields: "id") { id: ID! code: Int }
        """,
    )
    assert (
        outline_of(graph, "{ node { ... on B { code } ... on A @defer { two } } }", incremental=True)
        == """\
first {node{...on B{code}}}
  sequence
    a: {node{__typename ...on B{__typename id}...on A{__typename id}}}
    node <- c: {...on B{__typename id}} => {...on B{code}}
later at node after [0] {...on A{two}}
  sequence
    node <- b: {...on A{__typename id}} => {...on A{one}}
    node <- a: {...on A{__typename id one}} => {...on A{two}}"""
    )
