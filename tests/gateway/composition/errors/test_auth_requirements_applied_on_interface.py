"""AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE: access rules stand on what is resolved."""

import pytest

RULES = ["@authenticated", '@requiresScopes(scopes: [["read"]])', '@policy(policies: [["staff"]])']


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("sdl", ["interface I {rule} {{ x: Int }}", "interface I {{ x: Int {rule} }}"])
def test_interface(compose, sdl, rule):
    outcome = compose(a="type Query { a: I } " + sdl.format(rule=rule) + " type A implements I { x: Int }")
    assert outcome.codes == ["AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE"]


@pytest.mark.parametrize("rule", RULES)
def test_interface_object(compose, rule):
    outcome = compose(
        a=f'type Query {{ a: I }} type I @interfaceObject @key(fields: "id") {rule} {{ id: ID! }}',
        b='interface I @key(fields: "id") { id: ID! } type A implements I @key(fields: "id") { id: ID! }',
    )
    assert outcome.codes == ["AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE"]
