"""UNKNOWN_LINK_VERSION: the link spec has one version."""


def test_unknown(compose):
    outcome = compose(a='extend schema @link(url: "https://specs.apollo.dev/link/v1.1") type Query { a: Int }')
    assert outcome.codes == ["UNKNOWN_LINK_VERSION"]


def test_known(compose):
    outcome = compose(a='extend schema @link(url: "https://specs.apollo.dev/link/v1.0") type Query { a: Int }')
    assert outcome.codes == []
