"""INVALID_SUBGRAPH_NAME: names of subgraphs are there, not reserved, and differ."""

import pytest

from gateway.composition import SubgraphSource, compose

QUERY = "type Query { a: Int }"


@pytest.mark.parametrize("name", ["", "_"])
def test_reserved(name):
    outcome = compose([SubgraphSource(name, "http://a", QUERY)])
    assert [error.code.name for error in outcome.errors] == ["INVALID_SUBGRAPH_NAME"]


def test_given_twice():
    outcome = compose([SubgraphSource("a", "http://a", QUERY), SubgraphSource("a", "http://b", QUERY)])
    assert [error.code.name for error in outcome.errors] == ["INVALID_SUBGRAPH_NAME"]
    assert "2 subgraphs are called a" in outcome.errors[0].message
