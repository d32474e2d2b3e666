import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from shared.auth import AccessClaims, AccessTokenIssuer, AccessTokenVerifier, InvalidToken, public_jwks

CLAIMS = AccessClaims(
    subject="usr_1",
    scopes=frozenset({"users:self", "orders:write"}),
    roles=frozenset({"customer"}),
    session_id="ses_1",
    email_verified=True,
)


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture(scope="module")
def key():
    return Ed25519PrivateKey.generate()


@pytest.fixture(scope="module")
def issuer(key):
    return AccessTokenIssuer(pem(key))


@pytest.fixture(scope="module")
def verifier(issuer):
    return AccessTokenVerifier(issuer.jwks())


def test_issued_claims_are_verified_whole(issuer, verifier):
    now = int(time.time())
    claims = verifier.verify(issuer.issue(CLAIMS, now=now))
    assert (claims.principal.subject, claims.principal.scopes) == ("usr_1", CLAIMS.scopes)
    assert (claims.session_id, claims.email_verified, claims.expires_at) == ("ses_1", True, now + 300)


def test_old_and_new_key_are_accepted_during_a_rotation(key):
    new = Ed25519PrivateKey.generate()
    verifier = AccessTokenVerifier(public_jwks([key.public_key(), new.public_key()]))
    for signer in (key, new):
        assert verifier.verify(AccessTokenIssuer(pem(signer)).issue(CLAIMS, now=int(time.time()))).subject == "usr_1"


def forge(key, header=None, **claims):
    now = int(time.time())
    payload = {"sub": "usr_1", "iss": "agora", "aud": "agora", "iat": now, "exp": now + 60, "jti": "1", "typ": "access"}
    payload |= claims
    kid = public_jwks([key.public_key()])["keys"][0]["kid"]
    body = {name: value for name, value in payload.items() if value is not None}
    return jwt.encode(body, key, algorithm="EdDSA", headers={"kid": kid} | (header or {}))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "else"},
        {"aud": "else"},
        {"exp": 1},
        {"exp": None},
        {"typ": "refresh"},
        {"typ": None},
        {"nbf": 2**33},
        {"jti": None},
    ],
    ids=str,
)
def test_wrong_claims_are_refused(key, verifier, claims):
    with pytest.raises(InvalidToken):
        verifier.verify(forge(key, **claims))


@pytest.mark.parametrize("header", [{"jku": "http://x"}, {"jwk": {}}, {"x5u": "http://x"}, {"crit": ["b64"]}], ids=str)
def test_headers_that_bring_their_own_key_are_refused(key, verifier, header):
    with pytest.raises(InvalidToken):
        verifier.verify(forge(key, header))


def test_a_foreign_key_under_our_kid_is_refused(key, verifier):
    kid = public_jwks([key.public_key()])["keys"][0]["kid"]
    with pytest.raises(InvalidToken):
        verifier.verify(forge(Ed25519PrivateKey.generate(), {"kid": kid}))


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", "HS256"])
def test_the_algorithm_is_ours_whatever_the_header_says(key, verifier, algorithm):
    _, payload, signature = forge(key).split(".")
    kid = public_jwks([key.public_key()])["keys"][0]["kid"]
    header = base64.urlsafe_b64encode(json.dumps({"alg": algorithm, "kid": kid}).encode()).rstrip(b"=").decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    mac = hmac.new(public, f"{header}.{payload}".encode(), hashlib.sha256).digest()
    symmetric = base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
    for last in ("", signature, symmetric):
        with pytest.raises(InvalidToken):
            verifier.verify(f"{header}.{payload}.{last}")


@pytest.mark.parametrize("token", ["", "a.b.c", "a", "é.é.é", "." * 3])
def test_garbage_is_refused(verifier, token):
    with pytest.raises(InvalidToken):
        verifier.verify(token)
