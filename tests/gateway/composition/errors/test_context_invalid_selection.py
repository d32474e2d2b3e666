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
