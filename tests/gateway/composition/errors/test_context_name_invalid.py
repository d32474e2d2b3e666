"""CONTEXT_NAME_INVALID: context names are letters and digits."""

import pytest


def sdl(selection="$ctx { name }", argument="String", context='@context(name: "ctx")', key='@key(fields: "id")'):
    return f"""
    type Query {{ owner: Owner }}
    type Owner @key(fields: "id") {context} {{ id: ID! thing: Thing name: String! tags: [Tag!] }}
    type Tag {{ text: String! }}
    type Thing {key} {{ id: ID! label(of: {argument} @fromContext(field: "{selection}")): String }}
    """


@pytest.mark.parametrize("name", ["", "with_underscore", "1st", "with-dash", "é"])
def test_invalid(compose, name):
    outcome = compose(a=sdl(context=f'@context(name: "{name}")'))
    assert "CONTEXT_NAME_INVALID" in outcome.codes


def test_valid(compose):
    assert compose(a=sdl()).codes == []
