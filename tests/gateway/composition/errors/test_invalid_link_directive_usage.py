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
        '@link(url: "https://specs.example/foo/v1.0", as: "a-b")',
        '@link(url: "https://specs.example/foo/v1.0", as: "key")',
        '@link(url: "https://specs.example/foo/v1.0") @link(url: "https://specs.example/foo/v2.0")',
        "@link",
    ],
)
def test_with_another_link(compose, second):
    outcome = compose(a=f'extend schema @link(url: "{FEDERATION}", import: ["@key"]) {second} type Query {{ a: Int }}')
    assert "INVALID_LINK_DIRECTIVE_USAGE" in outcome.codes


def test_renamed_and_prefixed(compose):
    outcome = compose(
        a=f"""
        extend schema @link(url: "{FEDERATION}", as: "fed", import: [{{name: "@key", as: "@primary"}}])
        type Query {{ a: A }}
        type A @primary(fields: "id") @fed__shareable {{ id: ID }}
        """
    )
    assert '@join__type(graph: A, key: "id")' in outcome.supergraph
