"""CONTEXT_NOT_SET: a context used is set, and used where a context can be."""

import pytest


def sdl(selection="$ctx { name }", argument="String", context='@context(name: "ctx")', key='@key(fields: "id")'):
    return f"""
    type Query {{ owner: Owner }}
    type Owner @key(fields: "id") {context} {{ id: ID! thing: Thing name: String! tags: [Tag!] }}
    type Tag {{ text: String! }}
    type Thing {key} {{ id: ID! label(of: {argument} @fromContext(field: "{selection}")): String }}
    """


def test_never_set(compose):
    assert 'the context "ctx"' in compose(a=sdl(context="")).error("CONTEXT_NOT_SET").message


def test_default(compose):
    assert compose(a=sdl(argument='String = "x"')).codes == ["CONTEXT_NOT_SET"]


@pytest.mark.parametrize(
    "misplaced",
    [
        'interface Labelled { label(of: String @fromContext(field: "$ctx { name }")): String }',
        'directive @d(of: String @fromContext(field: "$ctx { name }")) on OBJECT',
    ],
)
def test_no_context_there(compose, misplaced):
    assert compose(a=sdl() + misplaced).codes == ["CONTEXT_NOT_SET"]


def test_field_of_an_interface(compose):
    text = sdl().replace("type Thing", "interface Labelled { label: String } type Thing implements Labelled")
    assert compose(a=text).codes == ["CONTEXT_NOT_SET"]
