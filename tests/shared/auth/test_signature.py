import pytest

from shared.auth import InvalidSignature, Principal, Verifier, encode_identity, sign

SECRET = "a-secret-of-the-gateway"
NOW = 1_800_000_000
ADA = Principal(subject="usr_1", scopes=frozenset({"users:self"}), roles=frozenset({"customer"}))


def request(**changes):
    """Headers, method, path and body of a rightly signed request, signed again with what ``changes`` says."""
    signed = {
        "method": "POST",
        "path": "/graphql",
        "audience": "orders",
        "identity": encode_identity(ADA),
        "body": b"{}",
        "now": NOW,
        "nonce": "00112233445566778899aabb",
    } | changes
    headers = {"x-agora-signature": sign(SECRET, **signed)}
    if signed["identity"]:
        headers["x-agora-identity"] = signed["identity"]
    return headers, signed["method"], signed["path"], signed["body"]


@pytest.fixture
def verifier():
    return Verifier(SECRET, "orders", now=lambda: NOW)


def test_a_signed_identity_arrives_whole(verifier):
    assert verifier.verify(*request()) == ADA


def test_an_anonymous_caller_has_no_identity_header(verifier):
    headers, *rest = request(identity="")
    assert "x-agora-identity" not in headers
    assert not verifier.verify(headers, *rest).is_authenticated


@pytest.mark.parametrize(
    "changes",
    [{"audience": "inventory"}, {"now": NOW - 301}, {"now": NOW + 301}, {"now": NOW - 360}],
    ids=["another subgraph's", "old", "from the future", "six minutes old"],
)
def test_a_signature_for_something_else_is_refused(verifier, changes):
    with pytest.raises(InvalidSignature):
        verifier.verify(*request(**changes))


def test_an_altered_request_is_refused(verifier):
    headers, method, path, body = request()
    service = encode_identity(Principal(subject="orders", scopes=frozenset({"inventory:reserve"}), kind="service"))
    for altered in (
        (headers, method, path, body + b" "),
        (headers, method, "/admin", body),
        (headers, "GET", path, body),
        (headers | {"x-agora-identity": service}, method, path, body),
        ({"x-agora-signature": headers["x-agora-signature"]}, method, path, body),
        ({}, method, path, body),
        ({"x-agora-signature": "v1,x,y,z"}, method, path, body),
        ({"x-agora-signature": headers["x-agora-signature"].replace("v1", "v0")}, method, path, body),
    ):
        with pytest.raises(InvalidSignature):
            verifier.verify(*altered)
    assert verifier.verify(headers, method, path, body) == ADA, "refusals do not use up the nonce"


def test_a_nonce_is_accepted_once(verifier):
    verifier.verify(*request())
    with pytest.raises(InvalidSignature, match="nonce"):
        verifier.verify(*request())


def test_a_full_nonce_memory_refuses_what_it_forgot():
    verifier = Verifier(SECRET, "orders", now=lambda: NOW, max_nonces=2)
    replayed = request(now=NOW - 100, nonce="0" * 24)
    verifier.verify(*replayed)
    for index in (1, 2):
        verifier.verify(*request(now=NOW, nonce=str(index) * 24))
    with pytest.raises(InvalidSignature):
        verifier.verify(*replayed)
