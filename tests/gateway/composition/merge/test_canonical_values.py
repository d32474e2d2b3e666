"""Values in the supergraph look alike whenever they are equal."""

import pytest

TYPES = "enum E { A } scalar S input I { e: E d: ID x: Float s: String }"


def query(argument):
    return f"type Query {{ q({argument}): Int }} {TYPES}"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("a: Int = 1.0", "a: Int = 1"),
        ("a: Int = -0", "a: Int = 0"),
        ("a: Float = 1.10", "a: Float = 1.1"),
        ("a: Float = 1e21", "a: Float = 1e+21"),
        ("a: Float = 100000000000000000000.0", "a: Float = 100000000000000000000"),
        ("a: Float = 0.00001", "a: Float = 0.00001"),
        ("a: Float = 0.0000001", "a: Float = 1e-7"),
        ('a: ID = "12"', "a: ID = 12"),
        ('a: ID = "012"', 'a: ID = "012"'),
        ("a: ID = x", 'a: ID = "x"'),
        ("a: String = x", 'a: String = "x"'),
        ('a: String = """x"""', 'a: String = "x"'),
        ('a: E = "A"', "a: E = A"),
        ('a: [E!]! = "A"', "a: [E!]! = A"),
        ('a: [[ID]] = [["1"], 2]', "a: [[ID]] = [[1], 2]"),
        ("a: S = A", 'a: S = "A"'),
        ('a: S = {x: [1.0, "1", true, null]}', 'a: S = {x: [1, "1", true, null]}'),
        ("a: S = 1e400", "a: S = 1e400"),
        ('a: I = {e: "A", d: "1", x: 1.0, s: A}', 'a: I = {e: A, d: 1, x: 1, s: "A"}'),
    ],
)
def test_defaults_of_arguments(compose, written, canonical):
    assert f"q({canonical}): Int" in compose(a=query(written)).supergraph


def test_defaults_of_input_fields(compose):
    sdl = 'type Query { q(i: I): Int } input I { a: ID = "7", b: E = "A" } enum E { A }'
    assert "a: ID = 7\n  b: E = A" in compose(a=sdl).supergraph


def test_different_ways_of_writing_are_no_mismatch(compose):
    first = "type Query { q(a: ID = x, b: Float = 1.0, c: [S] = [{a: 1, b: 2}]): Int @shareable } scalar S"
    second = 'type Query { q(a: ID = "x", b: Float = 1, c: [S] = [{b: 2, a: 1.0}]): Int @shareable } scalar S'
    assert compose(a=first, b=second).codes == []


def test_a_null_reason_is_no_deprecation(compose):
    assert "@deprecated" not in compose(a="type Query { q: Int @deprecated(reason: null) }").supergraph
