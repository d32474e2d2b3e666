"""INTERFACE_KEY_NOT_ON_IMPLEMENTATION: implementations have the keys of their interface."""

import pytest


def sdl(interface_key, key):
    return f"""
    type Query {{ node: Node }}
    interface Node @key(fields: "id x"{interface_key}) {{ id: ID! x: Int }}
    type A implements Node {key} {{ id: ID! x: Int }}
    """


@pytest.mark.parametrize(
    ("interface_key", "key"),
    [
        ("", ""),
        ("", '@key(fields: "id")'),
        ("", '@key(fields: "id x", resolvable: false)'),
        (", resolvable: false", ""),
    ],
)
def test_missing(compose, interface_key, key):
    error = compose(a=sdl(interface_key, key)).error("INTERFACE_KEY_NOT_ON_IMPLEMENTATION")
    assert "A " in error.message
    assert "Node" in error.message


@pytest.mark.parametrize(
    ("interface_key", "key"),
    [("", '@key(fields: "x id")'), (", resolvable: false", '@key(fields: "id x", resolvable: false)')],
)
def test_there(compose, interface_key, key):
    assert compose(a=sdl(interface_key, key)).codes == []
