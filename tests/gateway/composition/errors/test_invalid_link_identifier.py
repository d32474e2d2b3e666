"""INVALID_LINK_IDENTIFIER: a link names a spec and its version by URL."""

import pytest


@pytest.mark.parametrize(
    "url",
    [
        "https://specs.apollo.dev/federation",
        "https://specs.apollo.dev/federation/2.3",
        "https://specs.apollo.dev/federation/v2.3x",
    ],
)
def test_federation(compose, url):
    error = compose(a=f'extend schema @link(url: "{url}")\ntype Query {{ a: Int }}').error("INVALID_LINK_IDENTIFIER")
    assert url in error.message
    assert (error.locations[0].line, error.locations[0].column) == (1, 15)


@pytest.mark.parametrize(
    "url", ["https://specs.example/foo", "https://specs.example/foo/v1", "https://specs.example//v1.0", "foo"]
)
def test_other_specs(compose, url):
    outcome = compose(
        a=f"""
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3") @link(url: "{url}")
        type Query {{ a: Int }}
        """
    )
    assert outcome.codes == ["INVALID_LINK_IDENTIFIER"]
