"""@authenticated, @requiresScopes and @policy: rules add up, and reach interfaces."""

import pytest

from gateway.composition.merge.argument_strategies import conjunction


def test_scopes_of_all_subgraphs_are_demanded(compose):
    text = compose(
        shop='type Query { q: Int @shareable @requiresScopes(scopes: [["a"], ["b"]]) }',
        stock='type Query { q: Int @shareable @requiresScopes(scopes: [["b"], ["c", "d"]]) }',
    ).supergraph
    assert '@requiresScopes(scopes: [["b"], ["a", "c", "d"]])' in text


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ([["a"]], [["b"]], [["a", "b"]]),
        ([["a"], ["b"]], [["a"]], [["a"]]),
        ([["a", "b"]], [["a"], ["c"]], [["a", "b"]]),
        ([[]], [["a"]], [["a"]]),
    ],
)
def test_conjunction(first, second, both):
    as_conditions = [frozenset(map(frozenset, alternatives)) for alternatives in (first, second, both)]
    assert conjunction(as_conditions[:2]) == as_conditions[2]


def test_interface_gets_the_rules_of_its_implementations(compose, definition):
    text = compose(
        shop="""
            type Query { node: Node }
            interface Node { id: ID name: String }
            type A implements Node @authenticated { id: ID name: String @policy(policies: [["p"]]) }
            type B implements Node { id: ID name: String @policy(policies: [["q"]]) }
        """
    ).supergraph
    assert definition(text, "interface Node") == (
        'interface Node @join__type(graph: SHOP) @authenticated { id: ID name: String @policy(policies: [["p", "q"]]) }'
    )
