"""Subscriptions through the whole gateway: one event, the rest of the plan, an answer; in every form for clients."""

from __future__ import annotations

import json

import httpx
import pytest

REVIEWS = """
type Query { reviews: [Review] }
type Subscription { reviewAdded(upc: ID): Review  secret: Int @authenticated }
type Review { body: String! product: Product }
type Product @key(fields: "upc") { upc: ID! }
"""
PRODUCTS = 'type Query { products: [Product] } type Product @key(fields: "upc") { upc: ID! name: String }'
SUBSCRIPTION = "subscription($upc: ID) { reviewAdded(upc: $upc) { body product { name } } }"
EVENTS = [
    {"data": {"reviewAdded": {"body": text, "product": {"__typename": "Product", "upc": upc}}}}
    for text, upc in (("good", "1"), ("bad", "2"))
]
ANSWERS = [
    {"data": {"reviewAdded": {"body": "good", "product": {"name": "P1"}}}},
    {"data": {"reviewAdded": {"body": "bad", "product": {"name": "P2"}}}},
]


@pytest.fixture
def subgraphs(make_subgraph):
    products = make_subgraph(
        PRODUCTS, {"Product": {"__resolveReference": lambda rep: {**rep, "name": f"P{rep['upc']}"}}}
    )
    return {"reviews": make_subgraph(REVIEWS, {}), "products": products}


@pytest.fixture
async def gateway(start_gateway, subgraphs, event_source):
    event_source.given.events = EVENTS
    return await start_gateway(subgraphs, events=event_source, headers={"forward": ("accept-language",)})


async def subscribe(gateway, accept, query=SUBSCRIPTION, variables=None):
    return await gateway.http.post(
        "/graphql",
        json={"query": query, "variables": variables or {"upc": "1"}},
        headers={"accept": accept, "accept-language": "sv"},
    )


def read_events(text):
    blocks = [block for block in text.split("\n\n") if block and not block.startswith(":")]
    return [tuple(line.partition(": ")[2] for line in block.split("\n")) for block in blocks]


def read_parts(response):
    parts = response.text.split("\r\n--graphql")
    assert parts[-1] == "--\r\n"
    return [json.loads(part.partition("\r\n\r\n")[2]) for part in parts[1:-1]]


async def test_events_over_sse(gateway, event_source, subgraphs):
    response = await subscribe(gateway, "text/event-stream")

    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    *nexts, complete = read_events(response.text)
    assert [(kind, json.loads(data)) for kind, data in nexts] == [("next", answer) for answer in ANSWERS]
    assert complete[0] == "complete"
    assert event_source.given.asked[0]["variables"] == {"upc": "1"}
    assert event_source.given.contexts[0].headers == (("accept-language", "sv"),)
    assert [seen.variables["representations"][0]["upc"] for seen in subgraphs["products"].seen] == ["1", "2"]
    assert event_source.given.closed.is_set()


@pytest.mark.parametrize(
    "accept",
    [
        'multipart/mixed;boundary="graphql";subscriptionSpec="1.0", application/json',
        "multipart/mixed;subscriptionSpec=1.0",
    ],
)
async def test_events_over_multipart(gateway, accept):
    response = await subscribe(gateway, accept)

    assert response.headers["content-type"].startswith("multipart/mixed")
    assert read_parts(response) == [{"payload": answer} for answer in ANSWERS]


async def test_a_client_that_takes_no_stream_is_told_so(gateway, event_source):
    response = await subscribe(gateway, "application/json")

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "SUBSCRIPTION_NOT_SUPPORTED"
    assert event_source.given.asked == []


async def test_errors_of_the_request_are_no_stream(gateway):
    response = await subscribe(gateway, "text/event-stream", "subscription { unknown }")

    assert response.status_code == 200
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_a_query_over_sse_is_one_event(gateway, subgraphs):
    subgraphs["products"].answer = {"data": {"products": [{"name": "P"}]}}

    response = await subscribe(gateway, "text/event-stream", "{ products { name } }")

    first, complete = read_events(response.text)
    assert json.loads(first[1]) == {"data": {"products": [{"name": "P"}]}}
    assert complete[0] == "complete"


@pytest.mark.parametrize("event", [b"<html>", b"[]", {"data": []}])
async def test_a_malformed_event_is_an_error_and_the_next_is_fine(gateway, event_source, event):
    event_source.given.events = [event, EVENTS[1]]

    *nexts, _ = read_events((await subscribe(gateway, "text/event-stream")).text)

    failed, fine = (json.loads(data) for _, data in nexts)
    assert failed["data"] == {"reviewAdded": None}
    assert failed["errors"][0]["extensions"] == {"code": "DOWNSTREAM_UNAVAILABLE", "service": "reviews"}
    assert fine == ANSWERS[1]


async def test_a_broken_stream_ends_with_an_answer_that_says_so(gateway, event_source, unavailable):
    event_source.given.events = [EVENTS[0], unavailable]

    response = await subscribe(gateway, "text/event-stream")

    first, last, complete = read_events(response.text)
    assert json.loads(first[1]) == ANSWERS[0]
    assert json.loads(last[1])["errors"][0]["extensions"]["code"] == "DOWNSTREAM_UNAVAILABLE"
    assert "10.0.0.1" not in response.text
    assert complete[0] == "complete"


async def test_an_event_whose_rest_fails_is_partial(gateway, subgraphs):
    subgraphs["products"].answer = b""

    first, *_ = read_events((await subscribe(gateway, "text/event-stream")).text)

    assert json.loads(first[1])["data"] == {"reviewAdded": {"body": "good", "product": {"name": None}}}


async def test_a_defect_ends_the_stream_with_a_masked_error(gateway, event_source):
    event_source.given.events = [EVENTS[0], ZeroDivisionError("secret")]

    response = await subscribe(gateway, "text/event-stream")

    first, last, complete = read_events(response.text)
    assert json.loads(first[1]) == ANSWERS[0]
    assert json.loads(last[1])["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "secret" not in response.text
    assert complete[0] == "complete"


async def test_a_denied_subscription_is_never_opened(gateway, event_source):
    first, *_ = read_events((await subscribe(gateway, "text/event-stream", "subscription { secret }")).text)

    assert json.loads(first[1])["errors"][0]["extensions"]["code"] == "UNAUTHORIZED_FIELD_OR_TYPE"
    assert event_source.given.asked == []


@pytest.mark.parametrize("accept", ["text/event-stream", "multipart/mixed;subscriptionSpec=1.0"])
async def test_leaving_tells_the_subgraph_to_stop(gateway, event_source, serve, accept):
    event_source.given.stays_open = True
    address = await serve(gateway.application)
    async with (
        httpx.AsyncClient(base_url=f"http://{address}") as client,
        client.stream("POST", "/graphql", json={"query": SUBSCRIPTION}, headers={"accept": accept}) as response,
    ):
        async for text in response.aiter_text():
            if "good" in text:
                break

    await event_source.given.closed.wait()


async def test_quiet_streams_are_kept_alive(start_gateway, subgraphs, event_source, serve):
    event_source.given.stays_open = True
    gateway = await start_gateway(subgraphs, events=event_source, incremental={"heartbeat_ms": 100})
    address = await serve(gateway.application)
    async with (
        httpx.AsyncClient(base_url=f"http://{address}") as client,
        client.stream(
            "POST", "/graphql", json={"query": SUBSCRIPTION}, headers={"accept": "text/event-stream"}
        ) as response,
    ):
        async for text in response.aiter_text():
            if text.startswith(":\n\n"):
                break
