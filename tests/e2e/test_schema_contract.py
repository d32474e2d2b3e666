"""Schemathesis over the live gateway and every live subgraph: whatever a valid document asks, nothing breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from graphql import build_ast_schema, parse_const_value, print_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes

import schema as published
from gateway.supergraph.load import load_supergraph
from gateway.testing.subgraph_schema import executable_document
from shared.auth import ANONYMOUS, Principal, signed_headers

pytestmark = pytest.mark.timeout(300)

FOLDER = Path(published.__file__).parent
DOMAINS = ("products", "inventory", "orders", "users", "reviews")
BROKEN = {"INTERNAL", "DOWNSTREAM_SERVICE_ERROR", "DOWNSTREAM_UNAVAILABLE", "RESPONSE_VALIDATION_FAILED"}
WORDS = ("", "EUR", "DE", "en", "2026-01-01T00:00:00Z", "1.50", "-7", "99999999999999999999", "x' OR 1=1--", "`", "☃")
REPRESENTATIONS = (
    '{__typename: "Product", id: "prod_unknown"}',
    '{__typename: "ProductVariant", id: "var_unknown"}',
    '{__typename: "User", id: 7}',
    '{__typename: "Order"}',
    '{__typename: "Nothing", id: "x"}',
    '"text"',
)
STAFF = Principal(
    "usr_01JGFJJZ00H8N5R5J8WZJ3Q3ZC",
    frozenset({"users:self", "users:read_all", "pii:read", "orders:read_all", "inventory:read", "inventory:reserve"}),
    frozenset({"admin"}),
)

for scalar in ("DateTime", "Date", "Decimal", "BigInt", "CurrencyCode", "CountryCode", "LanguageCode", "URL", "JSON"):
    schemathesis.graphql.scalar(scalar, st.sampled_from(WORDS).map(nodes.String))
schemathesis.graphql.scalar("_Any", st.sampled_from(REPRESENTATIONS).map(parse_const_value))

fuzzed = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def documents(sdl: str) -> Any:
    contract = schemathesis.graphql.from_file(sdl)
    contract.config.update(base_url="http://replaced.test")
    return contract.as_strategy()


def assert_whole(response: httpx.Response, document: Any) -> None:
    answer = response.json()
    assert response.status_code in {200, 400}, (response.status_code, answer, document)
    codes = {error.get("extensions", {}).get("code") for error in answer.get("errors", ())}
    assert not codes & BROKEN, (answer["errors"], document)
    assert None not in codes, (answer["errors"], document)


def test_the_gateway(stack: Any) -> None:
    supergraph = load_supergraph((FOLDER / "supergraph.graphql").read_text())
    url = f"http://127.0.0.1:{stack.ports['GATEWAY']}/graphql"
    with httpx.Client() as client:

        @fuzzed
        @given(documents(print_schema(supergraph.api_schema)))
        def holds(case: Any) -> None:
            assert_whole(client.post(url, json={"query": case.body}, timeout=30), case.body)

        holds()


@pytest.mark.parametrize("caller", [ANONYMOUS, STAFF], ids=["anonymous", "staff"])
@pytest.mark.parametrize("domain", DOMAINS)
def test_a_subgraph(stack: Any, domain: str, caller: Principal) -> None:
    sdl = (FOLDER / "subgraphs" / f"{domain}.graphql").read_text()
    url = f"http://127.0.0.1:{stack.ports[domain.upper()]}/graphql"
    secret = stack.folder.secret("gateway-secret")
    with httpx.Client() as client:

        @fuzzed
        @given(documents(print_schema(build_ast_schema(executable_document(sdl), assume_valid_sdl=True))))
        def holds(case: Any) -> None:
            request = client.build_request("POST", url, json={"query": case.body}, timeout=30)
            proof = signed_headers(
                secret, method="POST", path="/graphql", audience=domain, principal=caller, body=request.content
            )
            request.headers.update(proof)
            assert_whole(client.send(request), case.body)

        holds()
