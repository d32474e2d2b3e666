"""Our supergraph in other routers and theirs in ours: the same answers to the flagship operations."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

import schema
from gateway.app import open_gateway
from gateway.composition import SubgraphSource, compose
from gateway.read_settings import load_settings
from shared.auth import Principal
from shared.auth.principal import encode_identity

pytestmark = [pytest.mark.engine("node"), pytest.mark.timeout(300)]

PUBLISHED = Path(schema.__file__).parent
OPERATIONS = PUBLISHED / "operations"
FLAGSHIP = ("01_home_category", "03_search", "06_order_history")
SECURITY = re.compile(
    r"\s@authenticated|\s@requiresScopes\(scopes: \[\[.*?\]\]\)|\"@authenticated\",? ?|\"@requiresScopes\",? ?"
)


def subgraph_sdls() -> dict[str, str]:
    return {file.stem: file.read_text() for file in sorted((PUBLISHED / "subgraphs").glob("*.graphql"))}


def without_security(sdls: dict[str, str]) -> dict[str, str]:
    """Apollo's gateway refuses the security features, which only its licensed router enforces."""
    return {name: SECURITY.sub("", sdl) for name, sdl in sdls.items()}


def composed(sdls: dict[str, str]) -> str:
    result = compose([SubgraphSource(name, f"http://{name}.test/graphql", sdl) for name, sdl in sdls.items()])
    assert result.supergraph is not None, result.errors
    return result.supergraph.text


def operation(name: str) -> tuple[str, dict[str, Any]]:
    variables = json.loads((OPERATIONS / f"{name}.variables.json").read_text())
    return (OPERATIONS / f"{name}.graphql").read_text(), variables


def steady(answer: Any) -> Any:
    """The answer without what differs from call to call."""
    if isinstance(answer, dict):
        return {key: steady(value) for key, value in answer.items() if key not in {"tookMs", "asOf", "extensions"}}
    return [steady(each) for each in answer] if isinstance(answer, list) else answer


@pytest.fixture(scope="module")
def ada(stack: Any) -> tuple[str, str]:
    """Ada's access token, and the identity that a router forwards for it."""
    token = stack.sign_in("ada@example.com")
    claims = jwt.decode(token, options={"verify_signature": False})
    principal = Principal(claims["sub"], frozenset(claims["scope"].split()), frozenset(claims["roles"]))
    return token, encode_identity(principal)


@pytest.fixture(scope="module")
def urls(stack: Any) -> dict[str, str]:
    return {
        f"http://{name}.test/graphql": f"http://127.0.0.1:{stack.ports[name.upper()]}/graphql"
        for name in subgraph_sdls()
    }


def placed(supergraph: str, urls: dict[str, str]) -> str:
    """The supergraph with the running subgraphs' addresses."""
    for placeholder, url in urls.items():
        supergraph = supergraph.replace(placeholder, url)
    return supergraph


@pytest.mark.parametrize("name", FLAGSHIP)
@pytest.mark.parametrize("router", ["hive", "apollo"])
def test_other_routers_answer_from_our_supergraph(
    stack: Any, other_routers: Any, ada: Any, urls: Any, router: str, name: str
) -> None:
    token, identity = ada
    sdls = subgraph_sdls() if router == "hive" else without_security(subgraph_sdls())
    query, variables = operation(name)
    theirs = other_routers.ask(
        {
            "router": router,
            "supergraph": placed(composed(sdls), urls),
            "urls": {key.removeprefix("http://").removesuffix(".test/graphql"): url for key, url in urls.items()},
            "secret": stack.folder.secret("gateway-secret"),
            "identity": identity,
            "query": query,
            "variables": variables,
        }
    )
    assert steady(theirs) == steady(stack.answer(query, variables, token=token))


@pytest.mark.parametrize("name", FLAGSHIP)
@pytest.mark.parametrize("composer", ["apollo", "guild"])
async def test_our_gateway_answers_from_their_supergraphs(
    stack: Any, reference_composers: Any, ada: Any, urls: Any, composer: str, name: str, tmp_path: Path
) -> None:
    token, _ = ada
    subgraphs = [{"name": key, "url": f"http://{key}.test/graphql", "sdl": sdl} for key, sdl in subgraph_sdls().items()]
    file = tmp_path / "supergraph.graphql"
    file.write_text(placed(reference_composers.ask({"subgraphs": subgraphs})[composer]["supergraph"], urls))
    environment = {
        "AGORA_GATEWAY_SECRET": stack.folder.secret("gateway-secret"),
        "AGORA_JWKS_URL": f"http://127.0.0.1:{stack.ports['USERS']}/.well-known/jwks.json",
    }
    settings = load_settings(None, environment, {("supergraph", "source"): str(file)})
    query, variables = operation(name)
    async with open_gateway(settings, environment) as app:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as client:
            response = await client.post(
                "/graphql",
                json={"query": query, "variables": variables},
                headers={"authorization": f"Bearer {token}", "accept": "application/json"},
            )
    assert steady(response.json()) == steady(stack.answer(query, variables, token=token))
