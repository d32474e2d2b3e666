import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from shared.auth.jwt import AccessClaims, AccessTokenIssuer, public_jwks

CLAIMS = AccessClaims(
    subject="usr_1",
    scopes=frozenset({"users:self", "orders:write"}),
    roles=frozenset({"customer"}),
    session_id="ses_1",
    email_verified=True,
)


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read(token, jwks):
    """As anybody reads it who knows the JWK set only."""
    key_id = jwt.get_unverified_header(token)["kid"]
    key = next(key for key in jwt.PyJWKSet.from_dict(jwks).keys if key.key_id == key_id)
    return jwt.decode(token, key, algorithms=["EdDSA"], issuer="agora", audience="agora")


@pytest.fixture(scope="module")
def key():
    return Ed25519PrivateKey.generate()


def test_the_published_keys_verify_what_was_issued(key):
    issuer = AccessTokenIssuer(pem(key))
    now = int(time.time())

    claims = read(issuer.issue(CLAIMS, now=now), issuer.jwks())

    assert claims.pop("jti")
    assert claims == {
        "sub": "usr_1",
        "iss": "agora",
        "aud": "agora",
        "iat": now,
        "exp": now + 300,
        "typ": "access",
        "scope": "orders:write users:self",
        "roles": ["customer"],
        "sid": "ses_1",
        "email_verified": True,
    }


def test_no_two_tokens_have_one_id(key):
    issuer = AccessTokenIssuer(pem(key))
    tokens = [issuer.issue(CLAIMS, now=int(time.time())) for _ in range(2)]

    assert len({read(token, issuer.jwks())["jti"] for token in tokens}) == 2


def test_old_and_new_key_are_published_together_during_a_rotation(key):
    new = Ed25519PrivateKey.generate()
    jwks = public_jwks([key.public_key(), new.public_key()])

    for signer in (key, new):
        assert read(AccessTokenIssuer(pem(signer)).issue(CLAIMS, now=int(time.time())), jwks)["sub"] == "usr_1"


def test_the_set_holds_nothing_private(key):
    assert all("d" not in entry for entry in public_jwks([key.public_key()])["keys"])


def test_another_kind_of_key_is_refused():
    with pytest.raises(TypeError, match="Ed25519"):
        AccessTokenIssuer(pem(generate_private_key(public_exponent=65537, key_size=2048)))
