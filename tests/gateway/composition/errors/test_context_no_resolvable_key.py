"""CONTEXT_NO_RESOLVABLE_KEY: types with contextual arguments can be looked up."""

import pytest


def sdl(selection="$ctx { name }", argument="String", context='@context(name: "ctx")', key='@key(fields: "id")'):
    return f"""
    type Query {{ owner: Owner }}
    type Owner @key(fields: "id") {context} {{ id: ID! thing: Thing name: String! tags: [Tag!] }}
    type Tag {{ text: String! }}
    type Thing {key} {{ id: ID! label(of: {argument} @fromContext(field: "{selection}")): String }}
    """


@pytest.mark.parametrize("key", ["", '@key(fields: "id", resolvable: false)'])
def test_no_key(compose, key):
    assert "Thing" in compose(a=sdl(key=key)).error("CONTEXT_NO_RESOLVABLE_KEY").message
