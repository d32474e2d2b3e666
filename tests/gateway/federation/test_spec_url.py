"""URLs of specs: identity, name, version."""

import pytest

from gateway.federation.spec_url import InvalidSpecUrl, SpecUrl, parse_spec_url


@pytest.mark.parametrize(
    ("url", "identity", "name", "version"),
    [
        ("https://specs.apollo.dev/federation/v2.3", "https://specs.apollo.dev/federation", "federation", (2, 3)),
        ("https://x.example/a/b/foo/v10.20", "https://x.example/a/b/foo", "foo", (10, 20)),
        ("https://x.example/foo-bar/v1.0", "https://x.example/foo-bar", "foo-bar", (1, 0)),
        ("https://x.example/foo/v1.0?query#fragment", "https://x.example/foo", "foo", (1, 0)),
    ],
)
def test_parts(url, identity, name, version):
    assert parse_spec_url(url) == SpecUrl(identity, name, version)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "foo",
        "foo/v1.0",
        "https://x.example",
        "https://x.example/foo",
        "https://x.example/foo/v1.0/",
        "https://[/v1.0",
    ],
)
def test_no_spec(url):
    with pytest.raises(InvalidSpecUrl):
        parse_spec_url(url)
