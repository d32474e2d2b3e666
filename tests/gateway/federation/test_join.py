"""The join spec's shapes: what is written is read again."""

import pytest
from graphql import parse, print_ast
from graphql.language import parser

from gateway.federation import join
from gateway.federation.join_definitions import definitions

EVERYTHING = (
    '(graph: SHOP, requires: "a", provides: "b", type: "Int!", external: true, override: "x", usedOverridden: true, '
    'overrideLabel: "l")'
)
SHAPES = [
    (join.GRAPH, join.JoinGraph("my-shop", "http://shop"), '(name: "my-shop", url: "http://shop")'),
    (join.TYPE, join.JoinType("SHOP"), "(graph: SHOP)"),
    (
        join.TYPE,
        join.JoinType("SHOP", "id", extension=True, resolvable=False, is_interface_object=True),
        '(graph: SHOP, key: "id", extension: true, resolvable: false, isInterfaceObject: true)',
    ),
    (join.FIELD, join.JoinField(), ""),
    (
        join.FIELD,
        join.JoinField("SHOP", "a", "b", "Int!", external=True, override="x", used_overridden=True, override_label="l"),
        EVERYTHING,
    ),
    (
        join.FIELD,
        join.JoinField("SHOP", context_arguments=(join.JoinContextArgument("n", "Int", "shop__c", "{ x }"),)),
        '(graph: SHOP, contextArguments: [{ context: "shop__c", name: "n", type: "Int", selection: "{ x }" }])',
    ),
    (join.IMPLEMENTS, join.JoinImplements("SHOP", "Node"), '(graph: SHOP, interface: "Node")'),
    (join.UNION_MEMBER, join.JoinUnionMember("SHOP", "A"), '(graph: SHOP, member: "A")'),
    (join.ENUM_VALUE, join.JoinEnumValue("SHOP"), "(graph: SHOP)"),
    (
        join.DIRECTIVE,
        join.JoinDirective(
            ("SHOP", "STOCK"), "federation__cacheTag", (("format", parser.parse_value('"x"', no_location=True)),)
        ),
        '(graphs: [SHOP, STOCK], name: "federation__cacheTag", args: { format: "x" })',
    ),
]


@pytest.mark.parametrize(("name", "shape", "text"), SHAPES)
def test_round_trip(name, shape, text):
    node = join.directive_node(name, shape)
    assert print_ast(node) == f"@{name}{text}"
    applied = parse(f"type T @{name}{text} {{ x: Int }}", no_location=True).definitions[0].directives[0]
    assert type(shape).read({argument.name.value: argument.value for argument in applied.arguments or ()}) == shape


@pytest.mark.parametrize("version", [(0, 3), (0, 4), (0, 5)])
def test_definitions_by_version(version):
    text = definitions(version, [("SHOP", join.JoinGraph('the "shop"', "http://shop"))])
    parse(text)
    assert ("overrideLabel" in text) == (version >= (0, 4))
    assert ("contextArguments" in text) == (version >= (0, 5))
    assert r'SHOP @join__graph(name: "the \"shop\"", url: "http://shop")' in text
