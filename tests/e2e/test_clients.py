"""What client teams install from npm, against the live gateway."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.engine("node"), pytest.mark.timeout(300)]

CLIENTS = ("apollo", "urql", "graphql-request")
BROWSE = "query Browse($first: Int!) { products(first: $first) { totalCount nodes { id name priceRange { min { amount } } } } }"
SIGN_IN = """
mutation SignIn($email: String!, $password: String!) {
  signIn(email: $email, password: $password) { tokens { accessToken } userErrors { code } }
}
"""
ME = "query Me { me { id email orders(first: 3) { totalCount nodes { number } } } }"


def ask(real_clients: Any, stack: Any, client: str, query: str, variables: Any = None, token: str | None = None) -> Any:
    url = f"http://127.0.0.1:{stack.ports['GATEWAY']}/graphql"
    return real_clients.ask(
        {"client": client, "url": url, "query": query, "variables": variables or {}, "token": token}
    )


@pytest.mark.parametrize("client", CLIENTS)
def test_browsing(stack: Any, real_clients: Any, client: str) -> None:
    products = ask(real_clients, stack, client, BROWSE, {"first": 5})["data"]["products"]
    assert products["totalCount"] > 0
    assert len(products["nodes"]) == 5


@pytest.mark.parametrize("client", CLIENTS)
def test_signing_in_and_reading_what_is_mine(stack: Any, real_clients: Any, client: str) -> None:
    credentials = {"email": "ada@example.com", "password": "agora-demo-1"}
    signed_in = ask(real_clients, stack, client, SIGN_IN, credentials)["data"]["signIn"]
    assert signed_in["userErrors"] == []
    me = ask(real_clients, stack, client, ME, token=signed_in["tokens"]["accessToken"])["data"]["me"]
    assert me["email"] == "ada@example.com"
    assert me["orders"]["totalCount"] >= len(me["orders"]["nodes"]) > 0


@pytest.mark.parametrize("client", CLIENTS)
def test_an_error_reaches_the_caller_with_its_message(stack: Any, real_clients: Any, client: str) -> None:
    answer = ask(real_clients, stack, client, "query Wrong { nothingOfTheKind }")
    assert 'Cannot query field "nothingOfTheKind"' in answer["error"].replace("'", '"')
