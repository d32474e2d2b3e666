"""Text of schemas: what a GraphQL parser reads from it is the document it was written from."""

import pytest
from graphql import parse, print_ast

from gateway.ast_text import type_text, value_text
from gateway.sdl_text import print_sdl

SDL = r'''
"""schema""" schema @a(x: 1) { query: Q mutation: M subscription: S }
"""directive""" directive @a("""arg""" x: Int = 1 @b, y: [In!]! = [{e: A, s: "\"\n", f: 1.5e3, n: null, b: false}]) repeatable on SCHEMA | FIELD
directive @b on ARGUMENT_DEFINITION
scalar Date @specifiedBy(url: "https://x")
type Q implements I & J @a @b { """one""" f(a: Int = 1, """two""" b: [String]! = [] @b): I! @deprecated g: Int }
type Empty
interface I implements J { f: I! }
union U @a = Q | M
union None
enum E @a { """three""" A @a B }
input In @a { """four""" e: E = A @b s: String }
type T { """
  indented
    more
  "quotes" and \""" blocks
  """ x: Int  """ends in a quote" """ y: Int """""" z: Int }
'''


def test_round_trip():
    document = parse(SDL)
    assert print_ast(parse(print_sdl(document))) == print_ast(document)


@pytest.mark.parametrize("text", ["Int", "[Int!]!", "[[String]]"])
def test_types(text):
    assert type_text(parse(f"type T {{ x: {text} }}").definitions[0].fields[0].type) == text


@pytest.mark.parametrize("text", ["1", "-1.5e10", '"a\\nb"', "A", "true", "null", "[1, [2]]", "{a: {b: [A]}}", "$v"])
def test_values(text):
    value = parse(f"{{ f(x: {text}) }}").definitions[0].selection_set.selections[0].arguments[0].value
    assert value_text(value) == text
