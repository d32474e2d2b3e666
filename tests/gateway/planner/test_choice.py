"""Fields that several subgraphs resolve: the choice that makes for the fewest and earliest fetches."""

import pytest

from gateway.planner import OperationNotPlannable
from gateway.query_plan import Parallel, Sequence
from gateway.supergraph.load import load_supergraph


@pytest.fixture(scope="module")
def shared(supergraph_of):
    return supergraph_of(
        a='type Query { t: T @shareable } type T @key(fields: "id") { id: ID! x: Int }',
        b='type Query { t: T @shareable } type T @key(fields: "id") { id: ID! y: Int }',
        c='type T @key(fields: "id") { id: ID! z: Int }',
    )


def test_a_shared_root_field_is_asked_in_parallel_rather_than_entered_later(shared, outline_of):
    assert (
        outline_of(shared, "{ t { x y } }")
        == """\
parallel
  a: {t{x}}
  b: {t{y}}"""
    )


def test_a_shared_root_field_is_asked_where_more_of_it_is(shared, outline_of):
    assert (
        outline_of(shared, "{ t { y z } }")
        == """\
sequence
  b: {t{__typename y id}}
  t <- c: {...on T{__typename id}} => {...on T{z}}"""
    )


def test_value_types_are_completed_from_every_subgraph_that_returns_them(supergraph_of, outline_of):
    # V and W have no key: the only way to y and q is the root field of b.
    graph = supergraph_of(
        a="type Query { v: V @shareable } type V { x: Int w: W @shareable } type W { p: Int }",
        b="type Query { v: V @shareable } type V { y: Int w: W @shareable } type W { q: Int }",
    )
    assert (
        outline_of(graph, "{ v { x y w { p q } } }")
        == """\
parallel
  a: {v{x w{p}}}
  b: {v{y w{q}}}"""
    )


def test_a_value_type_spread_over_many_subgraphs_is_completed_from_all(supergraph_of, plan_of):
    subgraphs = {f"s{n}": f"type Query {{ v: V @shareable }} type V {{ x{n}: Int }}" for n in range(9)}
    plan = plan_of(supergraph_of(**subgraphs), "{ v { x0 x1 x2 x3 x4 x5 x6 x7 x8 } }")
    assert len(plan.node.nodes) == 9


def test_one_fetch_rather_than_two_where_one_subgraph_has_both_fields(supergraph_of, outline_of):
    graph = supergraph_of(
        a='type Query { t: T } type T @key(fields: "id") { id: ID! }',
        b='type T @key(fields: "id") { id: ID! x: Int @shareable }',
        c='type T @key(fields: "id") { id: ID! x: Int @shareable y: Int }',
    )
    assert (
        outline_of(graph, "{ t { x y } }")
        == """\
sequence
  a: {t{__typename id}}
  t <- c: {...on T{__typename id}} => {...on T{x y}}"""
    )


def test_objects_of_one_type_go_where_those_of_another_have_to(supergraph_of, outline_of):
    # For A alone, b is no better than c; but B needs b anyway.
    graph = supergraph_of(
        a="""
            type Query { u: U } union U = A | B
            type A @key(fields: "id") { id: ID! } type B @key(fields: "id") { id: ID! w: Int }
        """,
        c='type A @key(fields: "id") { id: ID! x: Int @shareable }',
        b="""
            type A @key(fields: "id") { id: ID! x: Int @shareable }
            type B @key(fields: "id") { id: ID! w: Int @external y: Int @requires(fields: "w") }
        """,
    )
    assert (
        outline_of(graph, "{ u { ... on A { x } ... on B { y } } }")
        == """\
sequence
  a: {u{__typename ...on B{__typename w id}...on A{__typename id}}}
  u <- b: {...on B{__typename id w}...on A{__typename id}} => {...on B{y}...on A{x}}"""
    )


def test_an_entity_is_entered_where_the_fields_below_it_are(supergraph_of, outline_of):
    # Both b and c resolve owner; only c has the owner's name, so entering b would cost a round more.
    graph = supergraph_of(
        a='type Query { t: T } type T @key(fields: "id") { id: ID! }',
        b='type T @key(fields: "id") { id: ID! owner: U @shareable } type U @key(fields: "id") { id: ID! }',
        c="""
            type T @key(fields: "id") { id: ID! owner: U @shareable }
            type U @key(fields: "id") { id: ID! name: String }
        """,
    )
    assert (
        outline_of(graph, "{ t { owner { name } } }")
        == """\
sequence
  a: {t{__typename id}}
  t <- c: {...on T{__typename id}} => {...on T{owner{name}}}"""
    )


def test_an_overridden_field_is_fetched_from_the_subgraph_that_its_label_says(supergraph_of, outline_of):
    graph = supergraph_of(
        a='type Query { t: T } type T @key(fields: "id") { id: ID! f: Int }',
        b='type T @key(fields: "id") { id: ID! f: Int @override(from: "a", label: "percent(5)") }',
    )
    assert outline_of(graph, "{ t { f } }") == "a: {t{f}}"
    assert (
        outline_of(graph, "{ t { f } }", labels=frozenset({"percent(5)"}))
        == """\
sequence
  a: {t{__typename id}}
  t <- b: {...on T{__typename id}} => {...on T{f}}"""
    )


def test_a_field_that_nobody_can_reach_is_named(plan_of):
    supergraph = load_supergraph("""
        schema @link(url: "https://specs.apollo.dev/link/v1.0")
          @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
        enum join__Graph { A @join__graph(name: "a", url: "") B @join__graph(name: "b", url: "") }
        type Query @join__type(graph: A) @join__type(graph: B) { t: T @join__field(graph: A) }
        type T @join__type(graph: A) @join__type(graph: B) {
          x: Int @join__field(graph: A) y: Int @join__field(graph: B)
        }
    """)
    with pytest.raises(OperationNotPlannable, match=r"T\.y") as raised:
        plan_of(supergraph, "{ t { x y } }")
    assert raised.value.code.value == "FIELD_NOT_REACHABLE"


def test_everything_shared_everywhere_is_planned_without_trying_everything(supergraph_of, plan_of):
    # Eight ways at each of forty levels, if all were tried.
    subgraphs = {
        f"s{n}": f'type Query {{ t: T @shareable }} type T @key(fields: "id") {{ id: ID! a: Int @shareable o{n}: Int t: T @shareable }}'
        for n in range(8)
    }
    operation = "t { a o0 o3 " * 40 + "}" * 40
    plan = plan_of(supergraph_of(**subgraphs), f"{{ {operation} }}")
    assert [fetch.subgraph for fetch in plan.node.nodes] == ["s0", "s3"]


def test_requirements_that_need_each_other_in_a_diamond_are_resolved_once_each(supergraph_of, plan_of):
    # Twelve layers of two fields, each of which requires both of the layer before: 2^12 paths, 24 fields.
    fields = {0: "l0: Int r0: Int"}
    for n in range(1, 12):
        fields[n] = (
            f"l{n - 1}: Int @external r{n - 1}: Int @external "
            f'l{n}: Int @requires(fields: "l{n - 1} r{n - 1}") r{n}: Int @requires(fields: "l{n - 1} r{n - 1}")'
        )
    subgraphs = {
        f"s{n}": ("type Query { t: T } " if n == 0 else "") + f'type T @key(fields: "id") {{ id: ID! {text} }}'
        for n, text in fields.items()
    }
    plan = plan_of(supergraph_of(**subgraphs), "{ t { l11 r11 } }")
    assert isinstance(plan.node, Sequence)
    assert len(plan.node.nodes) == 12


def test_what_is_everywhere_but_for_a_leaf_is_asked_everywhere_at_once(supergraph_of, plan_of):
    # Each subgraph can lead all the way down to its own leaf: nothing has to be entered, however deep it is.
    subgraphs = {
        f"s{n}": f"""
            type Query {{ t: T @shareable }}
            type T @key(fields: "id") {{ id: ID! next: T @shareable other: T @shareable own{n}: Int }}
        """
        for n in range(8)
    }
    leaves = " ".join(f"own{n}" for n in range(8))
    plan = plan_of(supergraph_of(**subgraphs), f"{{ t {{ next {{ other {{ next {{ other {{ {leaves} }} }} }} }} }} }}")
    assert isinstance(plan.node, Parallel)
    assert len(plan.node.nodes) == 8


@pytest.fixture(scope="module")
def far(supergraph_of):
    """z has everything, but it takes a round to learn its key from y."""
    shared = 'type T @key(fields: "id") {{ id: ID! x{0}: Int @shareable }}'
    return supergraph_of(
        a='type Query { t: T other: T } type T @key(fields: "id") { id: ID! }',
        b=shared.format(1),
        c=shared.format(2),
        d=shared.format(3),
        y='type T @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! }',
        z="""
            type T @key(fields: "sku") { sku: ID! x1: Int @shareable x2: Int @shareable x3: Int @shareable own: Int }
        """,
    )


def test_several_fetches_at_once_rather_than_one_that_comes_later(far, plan_of):
    first, then = plan_of(far, "{ t { x1 x2 x3 } }").node.nodes
    assert first.subgraph == "a"
    assert sorted(item.node.subgraph for item in then.nodes) == ["b", "c", "d"]


def test_one_fetch_later_rather_than_several_where_the_answer_waits_anyway(far, outline_of):
    # Only z has own: the plan has three rounds in any case.
    assert (
        outline_of(far, "{ t { x1 x2 x3 } other { own } }")
        == """\
sequence
  a: {t{__typename id}other{__typename id}}
  parallel
    sequence
      t <- y: {...on T{__typename id}} => {...on T{sku}}
      t <- z: {...on T{__typename sku}} => {...on T{x1 x2 x3}}
    sequence
      other <- y: {...on T{__typename id}} => {...on T{sku}}
      other <- z: {...on T{__typename sku}} => {...on T{own}}"""
    )
