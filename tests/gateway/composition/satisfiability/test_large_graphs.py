"""Many subgraphs between a question and its answer: the work grows with the graph, not with the paths through it."""

import pytest

from gateway.composition.satisfiability.field_sets import FieldSets


@pytest.fixture
def searches(monkeypatch):
    """One entry for each time that a field set was looked for beyond the subgraph at hand."""
    made = []
    support = FieldSets.support

    def counted(self, vertex, selections):
        made.append(selections)
        return support(self, vertex, selections)

    monkeypatch.setattr(FieldSets, "support", counted)
    return made


def named(bodies):
    """Subgraphs of which the first has the root field."""
    return {f"s{i:02}": body + (" type Query { t: T }" if i == 0 else "") for i, body in enumerate(bodies)}


def keys(*field_sets):
    return " ".join(f'@key(fields: "{each}")' for each in field_sets)


def chain(size):
    """Each subgraph shares one key with the one before and one with the next."""
    return named(f"type T {keys(f'k{i}', f'k{i + 1}')} {{ k{i}: ID! k{i + 1}: ID! f{i}: Int }}" for i in range(size))


def double_chain(size):
    """Two subgraphs stand in each place of the chain."""
    return named(
        f"type T {keys(f'k{i}', f'k{i + 1}')} {{ k{i}: ID! @shareable k{i + 1}: ID! @shareable f{i}{c}: Int }}"
        for i in range(size // 2)
        for c in "ab"
    )


def all_pairs(size):
    """Each two subgraphs share a key of their own."""
    shared = [[f"k{min(i, j)}_{max(i, j)}" for j in range(size) if i != j] for i in range(size)]
    return named(
        f"type T {keys(*mine)} {{ {' '.join(f'{key}: ID!' for key in mine)} f{i}: Int }}"
        for i, mine in enumerate(shared)
    )


def chain_of_nested_keys(size):
    """The keys of T are fields of another entity, with the same chain of keys."""
    return named(
        f"""
        type T {keys(f"a {{ k{i} }}", f"a {{ k{i + 1} }}")} {{ a: A @shareable f{i}: Int }}
        type A {keys(f"k{i}", f"k{i + 1}")} {{ k{i}: ID! k{i + 1}: ID! }}
        """
        for i in range(size)
    )


def entities_with_keys_in_each_other(size):
    """T is found by fields of U, and U by fields of T."""
    return named(
        f"""
        type T {keys(f"u {{ k{i} }}", f"x{i} x{i + 1}")} {{
          u: U @shareable x{i}: ID! @shareable x{i + 1}: ID! @shareable f{i}: Int
        }}
        type U {keys(f"t {{ x{i + 1} }}", f"k{i} k{i + 1}")} {{
          t: T @shareable k{i}: ID! @shareable k{i + 1}: ID! @shareable
        }}
        """
        for i in range(size)
    )


def requirements_along_a_chain(size):
    return named(
        f"type T {keys(f'k{i}', f'k{i + 1}')} {{ k{i}: ID! k{i + 1}: ID! "
        + (f'a{i - 1}: Int @external a{i}: Int @requires(fields: "a{i - 1}") }}' if i else "a0: Int }")
        for i in range(size)
    )


def interface_objects_along_a_chain(size):
    head = 'type Query { t: I } interface I @key(fields: "k0") { k0: ID! } '
    head += " ".join(f'type T{i} implements I @key(fields: "k0") {{ k0: ID! g{i}: Int }}' for i in range(4))
    rest = (
        f"type I @interfaceObject {keys(f'k{i}', f'k{i + 1}')} {{ k{i}: ID! k{i + 1}: ID! f{i}: Int }}"
        for i in range(size - 1)
    )
    return {f"s{i:02}": body for i, body in enumerate([head, *rest])}


SHAPES = [
    chain,
    double_chain,
    all_pairs,
    chain_of_nested_keys,
    requirements_along_a_chain,
    interface_objects_along_a_chain,
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_field_is_reached(compose, searches, shape):
    size = 20
    assert compose(**shape(size)).supergraph
    assert len(searches) < size**3


def test_keys_in_each_other(compose, searches):
    size = 10
    assert compose(**entities_with_keys_in_each_other(size)).supergraph
    assert len(searches) < 3 * size**4


def test_broken_chain_names_what_is_behind_the_gap(compose, searches):
    """Without the subgraph that links k10 with k11 there is no way on, by whatever path."""
    size = 20
    sdls = chain(size)
    del sdls["s10"]
    outcome = compose(**sdls)
    assert set(outcome.codes) == {"SATISFIABILITY_ERROR"}
    unreached = {f"f{i}" for i in range(11, size)} | {f"k{i}" for i in range(12, size + 1)} | {"k11"}
    messages = [error.message for error in outcome.composition.errors]
    assert {name for name in unreached if any(f'field "T.{name}" is out of reach' in each for each in messages)} == (
        unreached
    )
    assert len(messages) == len(unreached)
    assert len(searches) < size**3


def test_requirements_in_a_wide_circle(compose, searches):
    """Each of them needs all others."""
    size = 12
    names = [f"a{i}" for i in range(size)]
    outcome = compose(
        **named(
            'type T @key(fields: "id") { id: ID! '
            + " ".join(f"{name}: Int @external" for name in names if name != own)
            + f' {own}: Int @requires(fields: "{" ".join(name for name in names if name != own)}") }}'
            for own in names
        )
    )
    assert outcome.codes == ["SATISFIABILITY_ERROR"] * size
    assert len(searches) < size**3


def test_key_of_another_entity_found_only_behind_it(compose):
    """To get to T in stock one needs the code of a Part, which stock alone has: being in stock to enter stock."""
    shop = 'type Query { t: T } type T { part: Part @shareable } type Part @key(fields: "id") { id: ID! }'
    stock = """
        type T @key(fields: "part { code }") { part: Part @shareable weight: Int }
        type Part @key(fields: "id") { id: ID! code: ID! }
    """
    (code,) = compose(shop=shop, stock=stock).codes
    assert code == "SATISFIABILITY_ERROR"
    codes = 'type Part @key(fields: "id") { id: ID! code: ID! @shareable }'
    stock = stock.replace("code: ID! }", "code: ID! @shareable }")
    assert compose(shop=shop, stock=stock, codes=codes).supergraph
    assert compose(shop=shop, codes=codes, stock=stock).supergraph
