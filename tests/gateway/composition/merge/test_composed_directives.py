"""@composeDirective: directives of the subgraphs' own specs go into the supergraph."""

import pytest

LINK = """
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@shareable"])
  @link(url: "https://example.dev/audit/v1.%s", import: ["@audit"])
  @composeDirective(name: "@audit")
"""


def test_newest_definition_and_all_uses(compose):
    text = compose(
        shop=LINK % 0 + 'directive @audit(by: String) on FIELD_DEFINITION type Query { q: Int @audit(by: "a") }',
        stock=LINK % 3
        + "directive @audit(by: String, at: Int = 1) repeatable on FIELD_DEFINITION type Query { r: Int @audit @audit(at: 2) }",
    ).supergraph
    assert '@link(url: "https://example.dev/audit/v1.3", import: ["@audit"])' in text
    assert "directive @audit(by: String, at: Int = 1) repeatable on FIELD_DEFINITION" in text
    assert 'q: Int @join__field(graph: SHOP) @audit(by: "a")' in text
    assert "r: Int @join__field(graph: STOCK) @audit @audit(at: 2)" in text


def test_uses_are_left_out_where_they_are_not_composed(compose):
    text = compose(
        shop=LINK % 0 + "directive @audit on FIELD_DEFINITION type Query { q: Int @audit }",
        stock="directive @audit on FIELD_DEFINITION type Query { r: Int @audit }",
    ).supergraph
    assert "r: Int @join__field(graph: STOCK)\n" in text


def test_carried_directive_needs_no_composing(compose):
    outcome = compose(
        shop="""
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@tag"])
              @composeDirective(name: "@tag")
            type Query { q: Int @tag(name: "x") }
        """
    )
    assert outcome.supergraph
    assert [hint.code for hint in outcome.composition.hints] == ["DIRECTIVE_COMPOSITION_INFO"]


def test_spec_named_like_another_directive_gets_another_namespace(compose):
    text = compose(
        shop="""
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@tag"])
              @link(url: "https://example.dev/audit/v1.0", as: "mine", import: [{name: "@log", as: "@audit"}])
              @composeDirective(name: "@audit")
            directive @audit on FIELD_DEFINITION
            type Query { q: Int @audit @tag(name: "x") }
        """
    ).supergraph
    assert 'as: "_1audit"' in text


def composing(version, definition, use):
    return f"""
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@shareable"])
      @link(url: "https://specs.example/foo/{version}", import: ["@foo"])
      @composeDirective(name: "@foo")
    directive @foo{definition} on FIELD_DEFINITION | OBJECT
    type Query {{ q: Int @shareable {use} }}
    """


@pytest.mark.parametrize("definition", ["(a: Int!)", "(b: Int, c: Int)"])
def test_applications_must_fit_the_newest_definition(compose, definition):
    older = composing("v1.0", "(a: Int)", "@foo" if "a" in definition else "@foo(a: 1)")
    outcome = compose(a=older, b=composing("v1.1", definition, ""))
    assert outcome.codes == ["INVALID_GRAPHQL"]
    assert compose(a=older, b=composing("v1.1", "(a: Int, b: Int)", "")).codes == []


def test_uses_in_subgraphs_that_do_not_compose_count_where_another_composes(compose):
    first = composing("v1.0", "(a: Int)", "@foo(a: 1)")
    second = composing("v1.0", "(a: Int)", "@foo(a: 2)").replace('@composeDirective(name: "@foo")', "")
    outcome = compose(a=first, b=second)
    assert "q: Int @foo(a: 1)" in " ".join(outcome.supergraph.split())
    codes = [hint.code for hint in outcome.composition.hints]
    assert codes == ["INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS"]
