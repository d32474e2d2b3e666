"""Calls between services: proven, bounded, repeated only when nothing definite came back."""

import json

import httpx
import pytest

from shared.auth import Principal, Verifier
from shared.service_client import ServiceClient, ServiceRefused, ServiceUnavailable

US = Principal("orders", scopes=frozenset({"inventory:reserve"}), kind="service")
SECRET = "a-secret-of-the-gateway"


class Server:
    """Answers from a list: a status with a body, or an exception."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.seen = []

    async def __call__(self, request):
        body = await request.aread()
        self.seen.append(Verifier(SECRET, "inventory").verify(request.headers, request.method, request.url.path, body))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, content = answer
        return httpx.Response(status, content=content if isinstance(content, bytes) else json.dumps(content).encode())


async def call(server, attempts=3):
    async with httpx.AsyncClient(transport=httpx.MockTransport(server)) as http:
        client = ServiceClient(
            http, "http://inventory/graphql", audience="inventory", secret=SECRET, principal=US, attempts=attempts
        )
        return await client.execute("{ a }", {})


async def test_calls_are_signed_as_a_service():
    server = Server((200, {"data": {"a": 1}}))
    assert await call(server) == {"a": 1}
    assert server.seen == [US]


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        (503, b""),
        (429, b""),
        (200, b"<html>"),
        (200, {"data": None, "errors": [{"message": "m", "extensions": {"code": "DOWNSTREAM_UNAVAILABLE"}}]}),
    ],
    ids=repr,
)
async def test_trouble_is_tried_again_and_given_up_in_the_end(trouble):
    server = Server(trouble, (200, {"data": {"a": 1}}))
    assert await call(server) == {"a": 1}
    assert len(server.seen) == 2, "each try is signed anew"
    with pytest.raises(ServiceUnavailable):
        await call(Server(trouble, trouble), attempts=2)


@pytest.mark.parametrize(
    "refusal",
    [
        {"data": None, "errors": [{"message": "m", "extensions": {"code": "FORBIDDEN"}}]},
        {"data": {"a": None}, "errors": [{"message": "m"}]},
        {"data": None},
    ],
    ids=str,
)
async def test_a_definite_no_is_not_tried_again(refusal):
    server = Server((200, refusal))
    with pytest.raises(ServiceRefused):
        await call(server)
    assert len(server.seen) == 1
