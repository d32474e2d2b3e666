"""CONTEXT_INVALID_SELECTION: a context gives one value of the type of the argument."""

import pytest


def sdl(selection="$ctx { name }", argument="String", context='@context(name: "ctx")', key='@key(fields: "id")'):
    return f"""
    type Query {{ owner: Owner }}
    type Owner @key(fields: "id") {context} {{ id: ID! thing: Thing name: String! tags: [Tag!] }}
    type Tag {{ text: String! }}
    type Thing {key} {{ id: ID! label(of: {argument} @fromContext(field: "{selection}")): String }}
    """


@pytest.mark.parametrize(
    "selection",
    [
        "$ctx { missing }",
        "$ctx { id name }",
        "$ctx { alias: name }",
        "$ctx { name @include(if: true) }",
        "$ctx { thing }",
        "$ctx { tags { text } }",
        "$ctx { name",
        "$ctx {}",
        "$ctx { ... on Thing { id } }",
        "$ctx { ... on Owner { name } ... on Tag { text } }",
    ],
)
def test_selection(compose, selection):
    assert set(compose(a=sdl(selection)).codes) == {"CONTEXT_INVALID_SELECTION"}


@pytest.mark.parametrize("argument", ["Int", "String!", "[String]"])
def test_type(compose, argument):
    assert compose(a=sdl(argument=argument)).codes == ["CONTEXT_INVALID_SELECTION"]


@pytest.mark.parametrize(
    ("selection", "argument"),
    [("$ctx name", "String"), ("$ctx { ... on Owner { name } }", "String"), ("$ctx { tags { text } }", "[String]")],
)
def test_valid(compose, selection, argument):
    assert compose(a=sdl(selection, argument)).codes == []


def test_only_objects_have_fragments(compose):
    sdl = """
    type Query { t: T }
    interface I @context(name: "c") { p: String u: U }
    type T implements I @key(fields: "id") { id: ID! p: String u: U }
    type U @key(fields: "id") { id: ID! f(a: String @fromContext(field: "$c { ... on I { p } }")): Int }
    """
    assert "CONTEXT_INVALID_SELECTION" in compose(a=sdl).codes
    assert compose(a=sdl.replace("... on I", "... on T")).codes == []


@pytest.mark.parametrize("field", ["$ c { p }", " $c{p}", "$c { __typename }"])
def test_unusual_ways_of_writing(compose, field):
    sdl = f"""
    type Query {{ t: T }}
    type T @key(fields: "id") @context(name: "c") {{ id: ID! p: String u: U }}
    type U @key(fields: "id") {{ id: ID! f(a: String @fromContext(field: "{field}")): Int }}
    """
    assert compose(a=sdl).codes == []
