from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import subgraphs.users
from gateway.authentication.key_sets import KeySet
from gateway.authentication.tokens import Issuer, TokenAuthenticator
from gateway.download import Document
from gateway.settings import IssuerSettings
from shared.auth import Principal
from shared.testing import SignedClient, migrated_database
from subgraphs.users.app import build_app
from subgraphs.users.settings import UsersSettings

MIGRATIONS = Path(subgraphs.users.__file__).parent / "migrations"


@pytest.fixture(scope="session")
async def users_database(postgres_url):
    async with migrated_database(postgres_url, "users", MIGRATIONS) as database:
        yield database


@pytest.fixture
async def database(users_database):
    await users_database.clean()
    return users_database


@pytest.fixture(scope="session")
def private_key_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("keys") / "jwt.pem"
    key = Ed25519PrivateKey.generate()
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


@pytest.fixture
def settings(database, private_key_file, gateway_secret):
    return UsersSettings(
        database_url=database.url, jwt_private_key_file=private_key_file, gateway_secret=gateway_secret
    )


@pytest.fixture
async def app(settings, clock):
    app = build_app(settings, clock=clock)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def client(app, gateway_secret):
    return SignedClient.in_process(app, audience="users", secret=gateway_secret)


@pytest.fixture
async def principal_of(app):
    """The principal that the gateway forwards for an access token."""

    async def fetch(url: str, **_: object) -> Document:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as http:
            return Document((await http.get(url)).content, etag=None)

    url = "http://users/.well-known/jwks.json"
    settings = IssuerSettings(issuer="agora", jwks_url=url, audience="agora", token_types=("access",))
    keys = KeySet(url, fetch, cache_seconds=60)
    authenticator = TokenAuthenticator([Issuer(settings, keys)], leeway_seconds=5)

    async def principal(token: str) -> Principal:
        return await authenticator.authenticate(f"Bearer {token}")

    return principal
