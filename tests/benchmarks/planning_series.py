"""Operations that grow in one direction each, with the subgraphs that they are asked of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Subgraphs: TypeAlias = dict[str, str]
Drawn: TypeAlias = tuple[Subgraphs, str]

ENTITY = 'type T @key(fields: "id") { id: ID! '


@dataclass(frozen=True, slots=True)
class Series:
    """``draw(n)`` gives subgraphs and operation; ``sizes`` are the n that are measured."""

    name: str
    sizes: tuple[int, ...]
    draw: Callable[[int], Drawn]


def root_fields(n: int) -> Drawn:
    """n root fields, each completed from two other subgraphs."""
    subgraphs = {"a": f"type Query {{ t(n: Int): T }} {ENTITY} }}", "b": ENTITY + "x: Int }", "c": ENTITY + "y: Int }"}
    return subgraphs, _braces(*(f"r{i}: t(n: {i}) {{ x y }}" for i in range(n)))


def nested_entities(n: int) -> Drawn:
    """n entities inside each other, in two subgraphs by turns."""
    operation = "x"
    for i in range(n):
        operation = f"{'from_a' if i % 2 else 'from_b'} {{ {operation} }}"
    return {"a": f"type Query {{ t: T }} {ENTITY} from_a: T }}", "b": ENTITY + "from_b: T x: Int }"}, _braces(
        f"t {{ {operation} }}"
    )


def aliases(n: int) -> Drawn:
    """One field of one entity under n aliases, each leading to an entity of another subgraph."""
    subgraphs = {"a": f"type Query {{ t: T }} {ENTITY} next(n: Int): T }}", "b": ENTITY + "x: Int }"}
    inside = " ".join(f"a{i}: next(n: {i}) {{ x }}" for i in range(n))
    return subgraphs, _braces(f"t {{ {inside} }}")


def union_members(n: int) -> Drawn:
    """A fragment on each of n members of a union, half of what it asks in another subgraph."""
    union = "union U = " + " | ".join(f"T{i}" for i in range(n))
    types = [f'type T{i} @key(fields: "id") {{ id: ID! ' for i in range(n)]
    subgraphs = {
        "a": f"type Query {{ us: [U] }} {union} " + " ".join(f"{kind} a{i}: Int }}" for i, kind in enumerate(types)),
        "b": f"{union} " + " ".join(f"{kind} b{i}: Int next: U }}" for i, kind in enumerate(types)),
    }
    fragments = " ".join(f"... on T{i} {{ a{i} b{i} next {{ __typename }} }}" for i in range(n))
    return subgraphs, _braces(f"us {{ {fragments} }}")


def shared_links(n: int) -> Drawn:
    """n subgraphs that share a path of six links; each has a leaf of its own at its end."""
    links = " ".join(f"f{i}: T @shareable" for i in range(4))
    subgraphs = {f"s{i}": f"type Query {{ t: T @shareable }} {ENTITY} {links} own{i}: Int }}" for i in range(n)}
    operation = " ".join(f"own{i}" for i in range(n))
    for i in range(6):
        operation = f"f{i % 4} {{ {operation} }}"
    return subgraphs, _braces(f"t {{ {operation} }}")


def alternatives(n: int) -> Drawn:
    """n fields of an entity, each in two of n subgraphs."""
    subgraphs = {"s": f"type Query {{ t: T }} {ENTITY} }}"}
    for i in range(n):
        subgraphs[f"a{i}"] = f"{ENTITY} f{i}: Int @shareable f{(i + 1) % n}: Int @shareable }}"
    return subgraphs, _braces("t " + _braces(*(f"f{i}" for i in range(n))))


def shared_values(n: int) -> Drawn:
    """n values, of which each of six subgraphs has all leaves but one."""
    links = " ".join(f"f{i}: V @shareable" for i in range(n))
    subgraphs = {}
    for i in range(6):
        leaves = " ".join(f"v{leaf}: Int @shareable" for leaf in range(6) if leaf != i)
        subgraphs[f"s{i}"] = f"type Query {{ t: T @shareable }} {ENTITY} {links} }} type V {{ {leaves} }}"
    inside = " ".join(f"f{i} {{ v0 v1 v2 v3 v4 v5 }}" for i in range(n))
    return subgraphs, _braces(f"t {{ {inside} }}")


def overlapping_fragments(n: int) -> Drawn:
    """n fragments, each spreading the next one twice: 2^n spreads in all."""
    subgraphs = {"a": f"type Query {{ t: T }} {ENTITY} t: T }}", "b": ENTITY + "x: Int y: Int }"}
    spread = [f"...F{i + 1}" if i < n - 1 else "" for i in range(n)]
    fragments = [f"fragment F{i} on T {{ id x t {{ id y {spread[i]} }} {spread[i]} }}" for i in range(n)]
    return subgraphs, _braces("t { ...F0 }") + "\n" + "\n".join(fragments)


def required_chain(n: int) -> Drawn:
    """A field that requires another one, which requires another one: n subgraphs one after the other."""
    subgraphs = {"s0": f"type Query {{ t: T }} {ENTITY} r0: Int }}"}
    for i in range(1, n + 1):
        subgraphs[f"s{i}"] = f'{ENTITY} r{i - 1}: Int @external r{i}: Int @requires(fields: "r{i - 1}") }}'
    return subgraphs, _braces(f"t {{ r{n} }}")


def conditions(n: int) -> Drawn:
    """One field n times, each with a condition of its own."""
    subgraphs = {"a": f"type Query {{ t: T }} {ENTITY} t: T }}", "b": ENTITY + "x: Int y: Int }"}
    variables = " ".join(f"$c{i}: Boolean!" for i in range(n))
    return subgraphs, f"query ({variables}) " + _braces(*(f"t @include(if: $c{i}) {{ x t {{ y }} }}" for i in range(n)))


SERIES = (
    Series("root fields", (10, 50, 200), root_fields),
    Series("nested entities", (5, 15, 50), nested_entities),
    Series("aliases", (20, 100, 500), aliases),
    Series("members of a union", (5, 20, 60), union_members),
    Series("subgraphs that share a path", (3, 5, 8), shared_links),
    Series("fields in two subgraphs each", (4, 8, 16), alternatives),
    Series("values spread over six subgraphs", (2, 5, 20), shared_values),
    Series("overlapping fragments", (3, 6, 10), overlapping_fragments),
    Series("requirements in a chain", (3, 8, 16), required_chain),
    Series("conditions on one field", (4, 10, 24), conditions),
)


def _braces(*parts: str) -> str:
    return f"{{ {' '.join(parts)} }}"
