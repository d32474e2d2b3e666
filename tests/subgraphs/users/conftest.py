from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import subgraphs.users
from shared.auth import AccessTokenVerifier, Principal
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
    """The principal that the gateway would forward for an access token."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://users") as http:
        jwks = (await http.get("/.well-known/jwks.json")).json()

    def principal(token: str) -> Principal:
        return AccessTokenVerifier(jwks).verify(token).principal

    return principal
