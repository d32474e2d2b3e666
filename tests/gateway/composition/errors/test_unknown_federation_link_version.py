"""UNKNOWN_FEDERATION_LINK_VERSION: federation has the versions it has."""

import pytest


@pytest.mark.parametrize("version", ["v1.0", "v2.99", "v3.0"])
def test_unknown(compose, version):
    sdl = f'extend schema @link(url: "https://specs.apollo.dev/federation/{version}") type Query {{ a: Int }}'
    assert version in compose(a=sdl).error("UNKNOWN_FEDERATION_LINK_VERSION").message


@pytest.mark.parametrize("minor", range(13))
def test_known(compose, minor):
    sdl = f'extend schema @link(url: "https://specs.apollo.dev/federation/v2.{minor}") type Query {{ a: Int }}'
    assert compose(a=sdl).codes == []
