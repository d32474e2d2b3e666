"""What a ``@requires`` asks of a union's member must be there where the union is resolved."""

REQUIRING = """
type Query { t: T }
type T @key(fields: "id") {
  id: ID!
  u: U @external
  c: String @requires(fields: "u { ... on A { x } ... on B { y } }")
}
union U = A | B
type A @key(fields: "id") { id: ID! x: Int @external }
type B @key(fields: "id") { id: ID! y: Int @external }
"""


def owning(members):
    return f"""
    type T @key(fields: "id") {{ id: ID! u: U }}
    union U = {members}
    type A @key(fields: "id") {{ id: ID! x: Int @shareable }}
    type B @key(fields: "id") {{ id: ID! y: Int @shareable }}
    """


def test_an_owner_with_both_members_satisfies_it(compose):
    assert compose(a=REQUIRING, b=owning("A | B")).codes == []


def test_an_owner_that_lacks_one_does_not(compose):
    assert compose(a=REQUIRING, b=owning("A")).codes == ["SATISFIABILITY_ERROR"]
