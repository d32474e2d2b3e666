"""A check of a proposed subgraph among two published ones."""

import pytest

from schema.checks import check_subgraph
from schema.published import UnknownSubgraph

HEAD = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: [
  "@key", "@shareable", "@external", "@requires", "@inaccessible", "@tag", "@authenticated", "@requiresScopes"])
"""
CATALOG = (
    HEAD
    + """
type Query { product(id: ID!): Product secret: String @requiresScopes(scopes: [["a", "b"], ["c"]]) }
type Product @key(fields: "id") @key(fields: "sku") {
  id: ID!
  sku: String!
  name: String
  stockKeys: [ID!]! @inaccessible
  cost: Int @tag(name: "internal")
  margin: Int @authenticated
}
type Money @shareable { amount: Int }
"""
)
STOCK = (
    HEAD
    + """
type Query { stock: Int money: Money }
type Product @key(fields: "id") {
  id: ID!
  stockKeys: [ID!]! @external
  inStock: Boolean @requires(fields: "stockKeys")
}
type Money @shareable { amount: Int }
"""
)
PUBLISHED = {"catalog": CATALOG, "stock": STOCK}


def check(before, after):
    assert CATALOG.count(before) == 1, before
    return check_subgraph(PUBLISHED, "catalog", CATALOG.replace(before, after))


def found(result):
    return {(change.code, change.severity.value, change.path) for change in result.changes}


def test_the_published_schema_passes_unchanged():
    result = check_subgraph(PUBLISHED, "catalog", CATALOG)
    assert result.passed
    assert result.changes == ()
    assert result.composition_errors == ()


def test_a_removed_field_fails_and_is_named():
    result = check("  name: String\n", "")
    assert not result.passed
    assert found(result) == {("FIELD_REMOVED", "BREAKING", "Product.name")}


def test_an_added_field_passes():
    result = check("  name: String\n", "  name: String\n  title: String\n")
    assert result.passed
    assert found(result) == {("FIELD_ADDED", "SAFE", "Product.title")}


def test_a_field_that_others_still_offer_is_not_missed_by_clients():
    result = check("type Money @shareable { amount: Int }\n", "")
    assert result.passed
    assert found(result) == set()


def test_composition_errors_are_told_with_their_places():
    result = check("  stockKeys: [ID!]! @inaccessible\n", "")
    assert not result.passed
    assert result.composition_errors
    assert all(error.code.name and error.message for error in result.composition_errors)


@pytest.mark.parametrize("text", ["type Query {", "", "type Query { a: Nothing }", "query { a }", "{" * 5000])
def test_text_that_is_no_schema_is_a_composition_error(text):
    result = check_subgraph(PUBLISHED, "catalog", text)
    assert not result.passed
    assert result.composition_errors


def test_hiding_a_field_breaks_its_clients():
    result = check("name: String", "name: String @inaccessible")
    assert not result.passed
    assert ("FIELD_REMOVED", "BREAKING", "Product.name") in found(result)


def test_a_key_that_goes_is_dangerous():
    result = check(' @key(fields: "sku")', "")
    assert result.passed
    assert found(result) == {("KEY_REMOVED", "DANGEROUS", "Product")}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("", {("ACCESS_LOOSENED", "SECURITY")}),
        (" @authenticated", {("ACCESS_LOOSENED", "SECURITY")}),
        (' @requiresScopes(scopes: [["a"], ["c"]])', {("ACCESS_LOOSENED", "SECURITY")}),
        (' @requiresScopes(scopes: [["a", "b"]])', {("ACCESS_TIGHTENED", "DANGEROUS")}),
        (' @requiresScopes(scopes: [["c"], ["b", "a"]])', set()),
        (' @requiresScopes(scopes: [["d"]])', {("ACCESS_LOOSENED", "SECURITY"), ("ACCESS_TIGHTENED", "DANGEROUS")}),
    ],
)
def test_who_may_use_a_field(after, expected):
    result = check(' @requiresScopes(scopes: [["a", "b"], ["c"]])', after)
    assert {(code, severity) for code, severity, path in found(result) if path == "Query.secret"} == expected
    assert result.passed is not any(severity == "SECURITY" for _, severity in expected)


def test_a_field_that_is_no_longer_internal_would_reach_clients():
    result = check(' @tag(name: "internal")', "")
    assert not result.passed
    assert ("TAG_REMOVED", "SECURITY", "Product.cost") in found(result)
    hidden = check("  name: String\n", '  name: String @tag(name: "internal")\n')
    assert ("TAG_ADDED", "BREAKING", "Product.name") in found(hidden)


def test_changes_are_told_worst_first():
    result = check("  name: String\n", "  title: String\n")
    assert [change.severity.value for change in result.changes] == ["BREAKING", "SAFE"]


def test_an_unknown_subgraph_is_refused():
    with pytest.raises(UnknownSubgraph, match="there are catalog, stock"):
        check_subgraph(PUBLISHED, "shop", CATALOG)
