"""How much each single change matters."""

import pytest
from graphql import build_schema

from schema.checks.diff import client_changes

BASE = """
directive @show(level: Int = 1) on FIELD
interface Named { name: String }
type Query { product(id: ID, first: Int = 10): Product hit: Hit search(filter: Filter): [Product!] note: Note }
type Product implements Named { id: ID! name: String price: Int! tags: [String!] old: String @deprecated(reason: "x") }
type Shop { id: ID! }
type Note { text: String }
union Hit = Product | Shop
enum Color { RED GREEN }
input Filter { color: Color = RED text: String! limit: Int }
"""

CASES = {
    "remove a field": ("price: Int! ", "", {("FIELD_REMOVED", "BREAKING")}),
    "remove a deprecated field": (' old: String @deprecated(reason: "x")', "", {("FIELD_REMOVED", "BREAKING")}),
    "add a field": ("price: Int! ", "price: Int! weight: Int ", {("FIELD_ADDED", "SAFE")}),
    "output becomes non-null": ("text: String }", "text: String! }", {("FIELD_TYPE_CHANGED", "SAFE")}),
    "output becomes nullable": ("price: Int!", "price: Int", {("FIELD_TYPE_CHANGED", "BREAKING")}),
    "items become nullable": ("tags: [String!]", "tags: [String]", {("FIELD_TYPE_CHANGED", "BREAKING")}),
    "items become non-null": ("search(filter: Filter): [Product!]", "search(filter: Filter): [Product!]!", {("FIELD_TYPE_CHANGED", "SAFE")}),
    "another type": ("price: Int!", "price: String!", {("FIELD_TYPE_CHANGED", "BREAKING")}),
    "a list of it": ("text: String }", "text: [String] }", {("FIELD_TYPE_CHANGED", "BREAKING")}),
    "add a type": (
        "type Shop {",
        "type New { id: ID } type Shop {",
        {("TYPE_ADDED", "SAFE"), ("FIELD_ADDED", "SAFE")},
    ),
    "remove an argument": ("(id: ID, first: Int = 10)", "(first: Int = 10)", {("FIELD_ARGUMENT_REMOVED", "BREAKING")}),
    "add an optional argument": ("(id: ID,", "(id: ID, x: Int,", {("FIELD_ARGUMENT_ADDED", "DANGEROUS")}),
    "add an argument with a default": ("(id: ID,", "(id: ID, x: Int! = 1,", {("FIELD_ARGUMENT_ADDED", "DANGEROUS")}),
    "add a required argument": ("(id: ID,", "(id: ID, x: Int!,", {("FIELD_ARGUMENT_ADDED", "BREAKING")}),
    "argument becomes required": ("(id: ID,", "(id: ID!,", {("FIELD_ARGUMENT_TYPE_CHANGED", "BREAKING")}),
    "argument gets another default": ("first: Int = 10", "first: Int = 20", {("FIELD_ARGUMENT_DEFAULT_CHANGED", "DANGEROUS")}),
    "argument loses its default": ("first: Int = 10", "first: Int", {("FIELD_ARGUMENT_DEFAULT_CHANGED", "DANGEROUS")}),
    "add an optional input field": ("limit: Int }", "limit: Int x: Int }", {("INPUT_FIELD_ADDED", "SAFE")}),
    "add a required input field": ("limit: Int }", "limit: Int x: Int! }", {("INPUT_FIELD_ADDED", "BREAKING")}),
    "remove an input field": (" limit: Int }", " }", {("INPUT_FIELD_REMOVED", "BREAKING")}),
    "input field becomes optional": ("text: String!", "text: String", {("INPUT_FIELD_TYPE_CHANGED", "SAFE")}),
    "input field becomes required": ("limit: Int }", "limit: Int! }", {("INPUT_FIELD_TYPE_CHANGED", "BREAKING")}),
    "input default changed": ("= RED", "= GREEN", {("INPUT_FIELD_DEFAULT_VALUE_CHANGED", "DANGEROUS")}),
    "add an enum value": ("RED GREEN", "RED GREEN BLUE", {("ENUM_VALUE_ADDED", "DANGEROUS")}),
    "remove an enum value": ("RED GREEN", "RED", {("ENUM_VALUE_REMOVED", "BREAKING")}),
    "add a union member": (
        "union Hit = Product | Shop",
        "union Hit = Product | Shop | Cafe type Cafe { id: ID }",
        {("TYPE_ADDED", "SAFE"), ("FIELD_ADDED", "SAFE"), ("UNION_MEMBER_ADDED", "DANGEROUS")},
    ),
    "remove a union member": ("Product | Shop", "Product", {("UNION_MEMBER_REMOVED", "BREAKING")}),
    "stop implementing": ("Product implements Named", "Product", {("OBJECT_TYPE_INTERFACE_REMOVED", "BREAKING")}),
    "start implementing": (
        "type Shop { id: ID! }",
        "type Shop implements Named { id: ID! name: String }",
        {("OBJECT_TYPE_INTERFACE_ADDED", "DANGEROUS"), ("FIELD_ADDED", "SAFE")},
    ),
    "deprecate a field": (
        "price: Int!",
        'price: Int! @deprecated(reason: "use cost")',
        {
            ("FIELD_DEPRECATION_ADDED", "SAFE"),
            ("DIRECTIVE_USAGE_FIELD_DEFINITION_ADDED", "SAFE"),
            ("DIRECTIVE_USAGE_ARGUMENT_ADDED", "SAFE"),
        },
    ),
    "remove a directive": ("directive @show(level: Int = 1) on FIELD\n", "", {("DIRECTIVE_REMOVED", "BREAKING")}),
    "a directive asks for more": ("level: Int = 1", "level: Int!", {("DIRECTIVE_ARGUMENT_TYPE_CHANGED", "BREAKING"), ("DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED", "DANGEROUS")}),
    "describe a type": ("type Note", '"A note." type Note', {("TYPE_DESCRIPTION_ADDED", "SAFE")}),
    "describe a field": ("{ text: String", '{ "The text." text: String', {("FIELD_DESCRIPTION_ADDED", "SAFE")}),
    "nothing": ("type Note", "type   Note", set()),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_change_is_classified(case):
    before, after, expected = case
    assert BASE.count(before) == 1
    changes = client_changes(build_schema(BASE), build_schema(BASE.replace(before, after)))
    assert {(change.code, change.severity.value) for change in changes} == expected


def changes_between(before, after):
    return {(c.code, c.severity.value) for c in client_changes(build_schema(before), build_schema(after))}


def test_a_type_that_goes_goes_from_its_unions_too():
    after = BASE.replace("type Shop { id: ID! }\n", "").replace("Product | Shop", "Product")
    assert changes_between(BASE, after) == {("TYPE_REMOVED", "BREAKING"), ("UNION_MEMBER_REMOVED", "BREAKING")}


def test_a_type_that_becomes_of_another_kind():
    after = BASE.replace("type Shop {", "interface Shop {").replace("Product | Shop", "Product")
    assert changes_between(BASE, after) == {("TYPE_KIND_CHANGED", "BREAKING"), ("UNION_MEMBER_REMOVED", "BREAKING")}


def test_an_argument_that_becomes_optional_is_safe():
    changes = client_changes(
        build_schema("type Query { a(x: Int!): Int }"), build_schema("type Query { a(x: Int): Int }")
    )
    assert [(change.code, change.severity.value) for change in changes] == [("FIELD_ARGUMENT_TYPE_CHANGED", "SAFE")]


def test_a_root_type_that_goes_is_breaking():
    before = build_schema("type Query { a: Int } type Mutation { b: Int }")
    changes = client_changes(before, build_schema("type Query { a: Int }"))
    assert {change.code for change in changes} == {"SCHEMA_MUTATION_TYPE_CHANGED", "TYPE_REMOVED"}


def test_every_change_says_where_and_what():
    for before, after, _ in CASES.values():
        for change in client_changes(build_schema(BASE), build_schema(BASE.replace(before, after))):
            assert change.path
            assert (
                change.path.split(".")[-1].lstrip("@") in change.message
                or "deprecated" in change.message
                or ("description" in change.message)
            )
