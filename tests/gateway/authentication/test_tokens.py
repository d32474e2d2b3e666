"""Bearer tokens: which are believed, which are 401, and what subgraphs learn of the caller."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.authentication import InvalidCredentials
from gateway.authentication.key_sets import KeySet
from gateway.authentication.tokens import Issuer, TokenAuthenticator
from gateway.download import Document, DownloadFailed
from gateway.settings import IssuerSettings

ED = ed25519.Ed25519PrivateKey.generate()
RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())


def jwk(key, kid):
    if isinstance(key, ed25519.Ed25519PrivateKey):
        algorithm = jwt.algorithms.OKPAlgorithm
    else:
        algorithm = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return {**json.loads(algorithm.to_jwk(key.public_key())), "kid": kid}


class Keys:
    """A key set endpoint: what it serves can change, and it can fail."""

    def __init__(self, *keys):
        self.keys = list(keys)
        self.downloads = 0
        self.fails = False

    async def __call__(self, url, *, etag=None, headers=None):
        self.downloads += 1
        if self.fails:
            raise DownloadFailed("away")
        return Document(json.dumps({"keys": self.keys}).encode(), None)


class Clock:
    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def keys():
    return Keys(jwk(ED, "ed"), jwk(RSA, "rsa"), jwk(EC, "ec"))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def authenticator(keys, clock):
    issuer = IssuerSettings(issuer="agora", audience="shop", jwks_url="http://users/jwks", token_types=("access",))
    other = IssuerSettings(issuer="partner", jwks_url="http://partner/jwks", scope_claim="permissions")
    partner_keys = Keys(jwk(EC, "p"))
    return TokenAuthenticator(
        [
            Issuer(issuer, KeySet(issuer.jwks_url, keys, cache_seconds=300, now=clock)),
            Issuer(other, KeySet(other.jwks_url, partner_keys, cache_seconds=300, now=clock)),
        ],
        leeway_seconds=0,
    )


def claims(**changes):
    given = {
        "iss": "agora",
        "aud": "shop",
        "sub": "usr_1",
        "exp": int(time.time()) + 300,
        "typ": "access",
        "scope": "orders:read profile",
        "roles": ["customer"],
        "sid": "ses_1",
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}


def token(key=ED, algorithm="EdDSA", headers=None, **changes):
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers={"kid": "ed", **(headers or {})})


def encode(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def forged(algorithm, secret=b"", **headers):
    signed = f"{encode({'alg': algorithm, 'typ': 'JWT', 'kid': 'rsa', **headers})}.{encode(claims())}"
    signature = hmac.new(secret, signed.encode(), hashlib.sha256).digest() if secret else b""
    return f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


async def test_a_valid_token_names_its_caller(authenticator):
    principal = await authenticator.authenticate(f"Bearer {token()}")

    assert principal.subject == "usr_1"
    assert principal.scopes == {"orders:read", "profile"}
    assert principal.roles == {"customer"}
    assert principal.session_id == "ses_1"


@pytest.mark.parametrize(
    ("key", "algorithm", "kid"), [(RSA, "RS256", "rsa"), (RSA, "PS256", "rsa"), (EC, "ES256", "ec")]
)
async def test_algorithms_of_the_allow_list(authenticator, key, algorithm, kid):
    given = token(key, algorithm, {"kid": kid})

    assert (await authenticator.authenticate(f"bearer {given}")).subject == "usr_1"


async def test_several_issuers_each_with_its_own_keys_and_claims(authenticator):
    given = token(EC, "ES256", {"kid": "p"}, iss="partner", aud=None, typ=None, permissions=["catalog"], scope=None)

    assert (await authenticator.authenticate(f"Bearer {given}")).scopes == {"catalog"}
    with pytest.raises(InvalidCredentials):
        await authenticator.authenticate(f"Bearer {token(ED, 'EdDSA', iss='partner', aud=None)}")


async def test_no_header_is_anonymous(authenticator):
    assert not (await authenticator.authenticate(None)).is_authenticated


RSA_PUBLIC = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
ATTACKS = {
    "expired": lambda: token(exp=int(time.time()) - 1),
    "not yet valid": lambda: token(nbf=int(time.time()) + 60),
    "no expiry": lambda: token(exp=None),
    "no subject": lambda: token(sub=None),
    "other issuer": lambda: token(iss="evil"),
    "no issuer": lambda: token(iss=None),
    "unsigned": lambda: forged("EdDSA"),
    "other audience": lambda: token(aud="other"),
    "no audience": lambda: token(aud=None),
    "refresh token": lambda: token(typ="refresh"),
    "no type": lambda: token(typ=None),
    "alg none": lambda: forged("none"),
    "alg None": lambda: forged("None"),
    "alg nOnE": lambda: forged("nOnE"),
    "HS256 with the RSA public key": lambda: forged("HS256", RSA_PUBLIC),
    "unknown kid": lambda: token(headers={"kid": "unknown"}),
    "kid of another key": lambda: token(headers={"kid": "rsa"}),
    "key of another kind": lambda: token(EC, "ES256", {"kid": "rsa"}),
    "jku": lambda: token(headers={"jku": "http://evil/jwks"}),
    "jwk": lambda: token(headers={"jwk": jwk(ED, "ed")}),
    "x5u": lambda: token(headers={"x5u": "http://evil"}),
    "crit": lambda: forged("EdDSA", crit=["x"]),
    "header type": lambda: token(headers={"typ": "logout+jwt"}),
    "other signer": lambda: token(ed25519.Ed25519PrivateKey.generate()),
    "two signatures": lambda: token() + "." + token().rpartition(".")[2],
    "garbage": lambda: "abc",
    "dots": lambda: "..",
    "very long": lambda: "a" * 100_000,
    "empty": lambda: "",
}


@pytest.mark.parametrize("make", ATTACKS.values(), ids=ATTACKS.keys())
async def test_other_tokens_are_refused(authenticator, make):
    with pytest.raises(InvalidCredentials):
        await authenticator.authenticate(f"Bearer {make()}")


@pytest.mark.parametrize("header", ["", "Basic YTpi", "Bearer", "token"])
async def test_other_schemes_are_refused(authenticator, header):
    with pytest.raises(InvalidCredentials):
        await authenticator.authenticate(header)


async def test_a_rotated_key_is_found_at_once_and_the_old_one_stays_valid(authenticator, keys, clock):
    new = ed25519.Ed25519PrivateKey.generate()
    await authenticator.authenticate(f"Bearer {token()}")
    keys.keys.append(jwk(new, "new"))
    clock.now += 6

    assert (await authenticator.authenticate(f"Bearer {token(new, headers={'kid': 'new'})}")).subject == "usr_1"
    assert (await authenticator.authenticate(f"Bearer {token(sub='usr_2')}")).subject == "usr_2"
    assert keys.downloads == 2


async def test_made_up_key_ids_do_not_flood_the_issuer(authenticator, keys):
    for number in range(20):
        with pytest.raises(InvalidCredentials):
            await authenticator.authenticate(f"Bearer {token(headers={'kid': str(number)})}")

    assert keys.downloads == 1


async def test_known_keys_outlive_their_issuer(authenticator, keys, clock):
    await authenticator.authenticate(f"Bearer {token()}")
    keys.fails = True
    clock.now += 10_000

    assert (await authenticator.authenticate(f"Bearer {token(sub='usr_2')}")).subject == "usr_2"


async def test_without_keys_no_token_is_believed(authenticator, keys):
    keys.fails = True

    with pytest.raises(InvalidCredentials):
        await authenticator.authenticate(f"Bearer {token()}")
