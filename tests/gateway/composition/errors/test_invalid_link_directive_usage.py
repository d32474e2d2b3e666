"""INVALID_LINK_DIRECTIVE_USAGE: links import what there is, under names that mean one thing."""

import pytest

FEDERATION = "https://specs.apollo.dev/federation/v2.3"


@pytest.mark.parametrize(
    "imported",
    [
        '["key"]',
        '["@unknown"]',
        '["@cost"]',
        '"@key"',
        "[1]",
        '[{as: "@k"}]',
        '[{name: "@key", as: "k"}]',
        '[{name: "@key", as: "@"}]',
        '[{name: "@key", from: "x"}]',
        '[{name: "@key", as: "@a"}, {name: "@key", as: "@b"}]',
        '[{name: "@key", as: "@shareable"}, "@shareable"]',
        '[{name: "@key", as: "@federation__tag"}]',
        '[{name: "@key", as: "@federation"}]',
        '[{name: "@key", as: "@link"}]',
        '[{name: "@key", as: "@link__key"}]',
        '[{name: "FieldSet", as: "federation__Set"}]',
    ],
)
def test_imports(compose, imported):
    outcome = compose(a=f'extend schema @link(url: "{FEDERATION}", import: {imported}) type Query {{ a: Int }}')
    assert set(outcome.codes) == {"INVALID_LINK_DIRECTIVE_USAGE"}


@pytest.mark.parametrize(
    "second",
    [
        f'@link(url: "{FEDERATION}")',
        '@link(url: "https://specs.example/foo/v1.0", import: ["@key"])',
        '@link(url: "https://specs.example/foo/v1.0", import: ["@federation__tag"])',
        '@link(url: "https://specs.example/foo/v1.0", as: "federation")',
        '@link(url: "https://specs.example/foo/v1.0", as: "a__b")',
        '@link(url: "https://specs.example/foo/v1.0", as: "1a")',
        '@link(url: "https://specs.example/foo/v1.0", as: "key")',
        '@link(url: "https://specs.example/foo/v1.0") @link(url: "https://specs.example/foo/v2.0")',
        '@link(url: "https://specs.example/foo/v1.0", as: "link")',
        '@link(url: "https://specs.example/1foo/v1.0")',
        '@link(url: "https://specs.apollo.dev/link/v1.0", as: "foo")',
        '@link(url: "https://specs.apollo.dev/link/v1.1")',
        "@link",
    ],
)
def test_with_another_link(compose, second):
    outcome = compose(a=f'extend schema @link(url: "{FEDERATION}", import: ["@key"]) {second} type Query {{ a: Int }}')
    assert "INVALID_LINK_DIRECTIVE_USAGE" in outcome.codes


@pytest.mark.parametrize(
    "second",
    [
        '@link(url: "https://specs.example/foo/v1.0", as: "a-b")',
        '@link(url: "https://specs.example/foo/v1.0", import: [{name: "@bar", as: "@foo__bar"}])',
        '@link(url: "https://specs.apollo.dev/link/v1.0")',
    ],
)
def test_with_another_link_that_agrees(compose, second):
    outcome = compose(a=f'extend schema @link(url: "{FEDERATION}", import: ["@key"]) {second} type Query {{ a: Int }}')
    assert outcome.codes == []


LINK = '@link(url: "https://specs.apollo.dev/link/v1.0")'


@pytest.mark.parametrize(
    "second",
    [
        '@link(url: "https://specs.apollo.dev/tag/v0.3")',
        '@link(url: "https://specs.apollo.dev/inaccessible/v0.2")',
        '@link(url: "https://specs.example/foo/v1.0", import: ["@key"])',
        '@link(url: "https://specs.example/foo/v1.0", as: "federation")',
        '@link(url: "https://specs.example/foo/v1.0", as: "shareable")',
    ],
)
def test_what_the_upgrade_of_federation_1_will_link(compose, second):
    sdl = f"extend schema {LINK} {second} type Query {{ a: Int }}"
    assert set(compose(a=sdl).codes) == {"INVALID_LINK_DIRECTIVE_USAGE"}


@pytest.mark.parametrize("url", ["https://specs.apollo.dev/cost/v0.1", "https://specs.example/foo/v1.0"])
def test_what_the_upgrade_of_federation_1_leaves_alone(compose, url):
    assert compose(a=f'extend schema {LINK} @link(url: "{url}") type Query {{ a: Int }}').codes == []


def test_the_link_spec_under_another_name_does_not_define_link(compose):
    link = '@link(url: "https://specs.apollo.dev/link/v1.0", as: "foo")'
    assert "INVALID_GRAPHQL" in compose(a=f"extend schema {link} type Query {{ a: Int }}").codes


@pytest.mark.parametrize(
    "sdl",
    [
        'directive @federation__key(fields: String!) on OBJECT type A @federation__key(fields: "id") { id: ID }',
        "scalar federation__FieldSet type A { id: federation__FieldSet }",
    ],
)
def test_used_under_its_prefixed_name_though_imported(compose, sdl):
    link = f'extend schema @link(url: "{FEDERATION}", import: ["@key", "FieldSet"])'
    outcome = compose(a=f"{link} type Query {{ a: A }} {sdl}")
    assert "INVALID_LINK_DIRECTIVE_USAGE" in outcome.codes
    unused = sdl.replace('@federation__key(fields: "id")', "").replace("id: federation__FieldSet", "id: ID")
    assert compose(a=f"{link} type Query {{ a: A }} {unused}").codes == []


def test_renamed_and_prefixed(compose):
    outcome = compose(
        a=f"""
        extend schema @link(url: "{FEDERATION}", as: "fed", import: [{{name: "@key", as: "@primary"}}])
        type Query {{ a: A }}
        type A @primary(fields: "id") @fed__shareable {{ id: ID }}
        """
    )
    assert '@join__type(graph: A, key: "id")' in outcome.supergraph
