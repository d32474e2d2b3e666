"""NO_CONTEXT_IN_SELECTION: the field of @fromContext begins with a context."""

import pytest


def sdl(selection="$ctx { name }", argument="String", context='@context(name: "ctx")', key='@key(fields: "id")'):
    return f"""
    type Query {{ owner: Owner }}
    type Owner @key(fields: "id") {context} {{ id: ID! thing: Thing name: String! tags: [Tag!] }}
    type Tag {{ text: String! }}
    type Thing {key} {{ id: ID! label(of: {argument} @fromContext(field: "{selection}")): String }}
    """


@pytest.mark.parametrize("selection", ["", "$", "$ctx", "name", "{ name }"])
def test_no_context(compose, selection):
    assert compose(a=sdl(selection)).codes == ["NO_CONTEXT_IN_SELECTION"]
