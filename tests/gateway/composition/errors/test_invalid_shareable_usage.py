"""INVALID_SHAREABLE_USAGE: @shareable stands on objects and their fields, once on each declaration."""

import pytest


@pytest.mark.parametrize(
    "sdl",
    [
        "interface A { x: Int @shareable }",
        "type A @shareable @shareable { x: Int }",
        "type A { x: Int @shareable @shareable }",
        "type A { x: Int } extend type A @shareable @shareable { y: Int }",
    ],
)
def test_misused(compose, sdl):
    assert compose(a=f"type Query {{ a: A }} {sdl}").codes == ["INVALID_SHAREABLE_USAGE"]


def test_once_on_each_declaration(compose):
    sdl = "type A @shareable { x: Int @shareable } extend type A @shareable { y: Int }"
    assert compose(a=f"type Query {{ a: A }} {sdl}").codes == []
