"""Names of spec elements: imported, renamed, prefixed, and by other link directives."""

import pytest

FEDERATION = "https://specs.apollo.dev/federation/v2.3"


@pytest.mark.parametrize(
    ("schema", "key"),
    [
        (f'extend schema @link(url: "{FEDERATION}", import: ["@key"])', "@key"),
        (f'extend schema @link(url: "{FEDERATION}")', "@federation__key"),
        (f'extend schema @link(url: "{FEDERATION}", as: "fed")', "@fed__key"),
        (f'extend schema @link(url: "{FEDERATION}", import: [{{name: "@key", as: "@entity"}}])', "@entity"),
        (f'schema @link(url: "{FEDERATION}", import: ["@key"]) {{ query: Query }}', "@key"),
        (
            f"""
            schema @l(url: "https://specs.apollo.dev/link/v1.0", as: "l") @l(url: "{FEDERATION}", import: ["@key"])
            {{ query: Query }}
            directive @l(url: String, as: String, import: [l__Import]) repeatable on SCHEMA
            scalar l__Import
            """,
            "@key",
        ),
        (
            f"""
            schema @core(feature: "https://specs.apollo.dev/core/v0.2") @core(feature: "{FEDERATION}") {{ query: Query }}
            directive @core(feature: String!, as: String) repeatable on SCHEMA
            """,
            "@federation__key",
        ),
    ],
)
def test_key_by_its_names(compose, schema, key):
    sdl = f'{schema} type Query {{ a: A }} type A {key}(fields: "id") {{ id: ID }} # @link'
    supergraph = compose(a=sdl).supergraph
    assert '@join__type(graph: A, key: "id")' in supergraph
    assert key not in supergraph


@pytest.mark.parametrize(
    "sdl",
    [
        f'extend schema @link(url: "{FEDERATION}") type Query {{ a: A }} type A @key(fields: "id") {{ id: ID }}',
        f'extend schema @link(url: "{FEDERATION}", import: ["@key"]) type Query @federation__key(fields: "a") {{ a: ID }}',
        f'extend schema @link(url: "{FEDERATION}", as: "fed") type Query @federation__key(fields: "a") {{ a: ID }}',
        f'extend schema @l(url: "{FEDERATION}") type Query {{ a: ID }} # @link',
    ],
)
def test_names_that_mean_nothing(compose, sdl):
    assert set(compose(a=sdl).codes) == {"INVALID_GRAPHQL"}


def test_directive_of_a_later_version(compose):
    link = f'extend schema @link(url: "{FEDERATION}")'
    error = compose(a=f"{link} type Query {{ a: Int @cost(weight: 1) }}").error("INVALID_GRAPHQL")
    assert "federation 2.9" in error.message


def test_sister_spec(compose):
    sdl = """
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])
      @link(url: "https://specs.apollo.dev/tag/v0.2")
    type Query { a: Int @tag(name: "public") }
    """
    assert '@tag(name: "public")' in compose(a=sdl).supergraph


def test_spec_without_a_graphql_name(compose):
    outcome = compose(
        a=f'extend schema @link(url: "{FEDERATION}") @link(url: "https://x.example/foo-bar/v1.0") type Query {{ a: Int }}'
    )
    assert outcome.codes == []


@pytest.mark.parametrize("url", ["urn:foo/v1.0", "file:///foo/v1.0", "https://user@x.example/foo/v1.0?a=b#c"])
def test_unusual_urls(compose, url):
    outcome = compose(a=f'extend schema @link(url: "{FEDERATION}") @link(url: "{url}") type Query {{ a: Int }}')
    assert outcome.codes == []


def test_a_malformed_link_to_the_link_spec_makes_no_links(compose):
    outcome = compose(a='extend schema @link(url: "https://specs.apollo.dev/link") type Query { a: Int }')
    assert outcome.codes == []


def test_links_without_federation_are_not_read(compose):
    outcome = compose(a='extend schema @link(url: "https://x.example/foo") type Query { a: Int }')
    assert outcome.codes == []


def test_purpose(compose):
    sdl = 'extend schema @link(url: "https://x.example/foo/v1.0", for: {}) type Query {{ a: Int }}'
    assert compose(a=sdl.format("SECURITY")).codes == []
    assert compose(a=sdl.format("NONSENSE")).codes == ["INVALID_GRAPHQL"]


CONNECTORS = """
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
  @link(url: "https://specs.apollo.dev/connect/v0.2", import: ["@connect"])
  @connect__source(name: "api", http: {{baseURL: "http://api"}})
type Query {{ a: Int @connect(source: "api", http: {http}, selection: "a") }}
"""


def test_connectors(compose):
    assert "connect/v0.2" in compose(a=CONNECTORS.format(http='{GET: "/a"}')).supergraph
    assert compose(a=CONNECTORS.format(http='{FETCH: "/a"}')).codes == ["INVALID_GRAPHQL"]
