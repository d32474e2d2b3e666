"""GraphQL over HTTP: methods, media types, statuses, and the forms a request may have."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

NEW = "application/graphql-response+json"
OLD = "application/json"
HELLO = {"data": {"hello": "Hello world"}}


async def post(gateway, body, accept=None, content_type="application/json", **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {**headers, **({"content-type": content_type} if content_type else {}), "accept": accept}
    return await gateway.http.post(
        "/graphql", content=content, headers={key: value for key, value in sent.items() if value is not None}
    )


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (NEW, NEW),
        (OLD, OLD),
        ("*/*", OLD),
        ("application/*", OLD),
        (None, OLD),
        ("", OLD),
        (f"{NEW}, {OLD};q=0.9", NEW),
        (f"{OLD};q=0.5, {NEW};q=0.9", NEW),
        (f"{OLD}, {NEW}", NEW),
        (f"{OLD};charset=utf-8", OLD),
        (f"text/html, {OLD}", OLD),
        (f"{NEW};q=0, {OLD}", OLD),
    ],
)
async def test_the_accepted_type_is_answered(gateway, accept, answered):
    response = await post(gateway, {"query": "{ hello }"}, accept)

    assert response.status_code == 200
    assert response.headers["content-type"] == f"{answered}; charset=utf-8"
    assert response.json() == HELLO


@pytest.mark.parametrize("accept", ["text/html", "image/png", f"{OLD};charset=iso-8859-1", f"{OLD};q=0"])
async def test_nothing_acceptable_is_406(gateway, accept):
    response = await post(gateway, {"query": "{ hello }"}, accept)

    assert response.status_code == 406
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
async def test_json_is_taken(gateway, content_type):
    assert (await post(gateway, {"query": "{ hello }"}, content_type=content_type)).json() == HELLO


@pytest.mark.parametrize(
    ("content_type", "code"),
    [
        (None, "UNSUPPORTED_MEDIA_TYPE"),
        ("application/xml", "UNSUPPORTED_MEDIA_TYPE"),
        ("application/json; charset=utf-16", "UNSUPPORTED_MEDIA_TYPE"),
        ("text/plain", "CSRF_PREVENTED"),
        ("application/x-www-form-urlencoded", "CSRF_PREVENTED"),
        ("multipart/form-data; boundary=x", "CSRF_PREVENTED"),
    ],
)
async def test_other_content_types_are_415(gateway, hello, content_type, code):
    response = await post(gateway, {"query": "mutation { change }"}, content_type=content_type)

    assert response.status_code == 415
    assert response.json()["errors"][0]["extensions"]["code"] == code
    assert hello.seen == []


@pytest.mark.parametrize("accept", [NEW, OLD])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"1",
        b'"text"',
        b"\xff",
        b'{"query": "{ \xff }"}',
        b'\xef\xbb\xbf{"query": "{ hello }"}',
        b'{"query": 1}',
        b'{"query": {}}',
        b'{"query": ["{ hello }"]}',
        b"{}",
        b'{"query": ""}',
        b'{"query": null}',
        b'{"query": "{ hello }", "operationName": 1}',
        b'{"query": "{ hello }", "variables": "x"}',
        b'{"query": "{ hello }", "variables": [1]}',
        b'{"query": "{ hello }", "variables": 1}',
        b'{"query": "{ hello }", "extensions": "x"}',
        b'{"query": "{ hello }", "variables": {"a": NaN}}',
        b'{"query": "{ hello }", "variables": {"a": 1e400}}',
        b'{"query": "{ hello }", "variables": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:50]) if isinstance(body, bytes) else body.rpartition("/")[2],
)
async def test_malformed_requests_are_400(gateway, body, accept):
    response = await post(gateway, body, accept)

    assert response.status_code == 400
    assert "data" not in response.json()
    assert response.json()["errors"][0]["extensions"]["code"] in {"BAD_REQUEST", "BATCHING_NOT_SUPPORTED"}


@pytest.mark.parametrize(
    "more",
    [
        {"variables": None, "operationName": None, "extensions": None},
        {"variables": {}, "operationName": "A", "extensions": {"x": 1}},
        {"unknown": 1},
    ],
)
async def test_optional_members(gateway, more):
    assert (await post(gateway, {"query": "query A { hello }", **more})).json() == HELLO


FAILING = {
    "GRAPHQL_PARSE_FAILED": {"query": "{ hello"},
    "GRAPHQL_VALIDATION_FAILED": {"query": "{ unknown }"},
    "OPERATION_NOT_FOUND": {"query": "query A { hello } query B { hello }"},
    "OPERATION_NOT_FOUND ": {"query": "query A { hello }", "operationName": "B"},
}


@pytest.mark.parametrize(("code", "body"), FAILING.items())
async def test_documents_that_fail_answer_by_media_type(gateway, code, body):
    new, old = await post(gateway, body, NEW), await post(gateway, body, OLD)

    assert (new.status_code, old.status_code) == (400, 200)
    assert new.json() == old.json()
    assert "data" not in new.json()
    assert new.json()["errors"][0]["extensions"]["code"] == code.strip()


async def test_variables_of_the_wrong_type_are_400(gateway, hello):
    response = await post(gateway, {"query": "query($n: Int!) { echo(n: $n) }", "variables": {"n": "x"}}, NEW)

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert hello.seen == []


async def test_an_answer_with_errors_is_still_200(gateway):
    response = await post(gateway, {"query": "{ hello boom }"}, NEW)

    assert response.status_code == 200
    assert response.json() == {
        "data": None,
        "errors": [
            {
                "message": "An error occurred in a subgraph.",
                "path": ["boom"],
                "extensions": {"code": "DOWNSTREAM_SERVICE_ERROR", "service": "hello"},
            }
        ],
    }


async def get(gateway, accept=OLD, **parameters):
    return await gateway.http.get(f"/graphql?{urlencode(parameters)}", headers={"accept": accept})


async def test_get_takes_parameters(gateway):
    response = await get(
        gateway,
        query="query A($name: String) { hello(name: $name) } query B { hello }",
        operationName="A",
        variables='{"name": "Ada"}',
        extensions="{}",
    )

    assert response.json() == {"data": {"hello": "Hello Ada"}}


async def test_get_never_runs_a_mutation(gateway, hello):
    response = await get(gateway, query="mutation { change }")

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert hello.seen == []


@pytest.mark.parametrize(
    "parameters",
    [{}, {"query": ""}, {"query": "{ hello }", "variables": "{"}, {"query": "{ hello }", "variables": "[1]"}],
)
async def test_malformed_get_is_400(gateway, parameters):
    assert (await get(gateway, **parameters)).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_405(gateway, method):
    response = await gateway.http.request(method, "/graphql", json={"query": "{ hello }"})

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


async def test_a_browser_is_shown_the_playground(gateway):
    page = await gateway.http.get("/graphql", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    root = await gateway.http.get("/", headers={"accept": "text/html"})

    assert page.status_code == root.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert 'id="playground"' in root.text


async def test_a_body_that_says_it_is_too_large_is_not_read(gateway):
    response = await post(gateway, b"x" * (2 * 1024 * 1024 + 1))

    assert response.status_code == 413
    assert response.json()["errors"][0]["extensions"]["code"] == "PAYLOAD_TOO_LARGE"


async def test_a_body_of_unknown_length_is_given_up_at_the_limit(gateway):
    sent = 0

    async def endless():
        nonlocal sent
        while True:
            sent += 65_536
            yield b" " * 65_536

    response = await gateway.http.post("/graphql", content=endless(), headers={"content-type": "application/json"})

    assert response.status_code == 413
    assert sent <= 3 * 1024 * 1024


async def test_batches_are_off_unless_allowed(gateway, start_gateway, hello):
    batch = [
        {"query": "{ hello }"},
        {"query": "{"},
        {"query": "query($n: Int!) { echo(n: $n) }", "variables": {"n": 2}},
    ]

    refused = await post(gateway, batch)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["extensions"]["code"] == "BATCHING_NOT_SUPPORTED"

    allowing = await start_gateway({"hello": hello}, limits={"max_batch": 3})
    answers = (await post(allowing, batch)).json()
    assert [answer.get("data") for answer in answers] == [{"hello": "Hello world"}, None, {"echo": 2}]

    too_many = await post(allowing, [{"query": "{ hello }"}] * 4)
    assert too_many.json()["errors"][0]["extensions"]["code"] == "BATCH_TOO_LARGE"


async def test_probes(gateway):
    assert (await gateway.http.get("/livez")).status_code == 200
    assert (await gateway.http.get("/readyz")).status_code == 200
    assert "gateway_request_seconds" in (await gateway.http.get("/metrics")).text


async def test_headers_that_subgraphs_get(start_gateway, hello):
    gateway = await start_gateway(
        {"hello": hello},
        headers={"forward": ("accept-language", "X-Channel")},
        authentication={"signing_secret": "0123456789abcdef0123"},
    )
    traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    await post(
        gateway,
        {"query": "{ hello }"},
        **{
            "accept-language": "sv",
            "x-channel": "web",
            "x-agora-identity": "eyJzdWIiOiAicm9vdCJ9",
            "X-Agora-Signature": "v1,1,2,3",
            "X-User-Id": "root",
            "cookie": "a=b",
            "traceparent": traceparent,
        },
    )

    headers = hello.seen[0].headers
    assert {headers["accept-language"], headers["x-channel"], headers["traceparent"]} == {"sv", "web", traceparent}
    assert headers["x-agora-signature"].startswith("v1,1")
    assert headers["x-agora-signature"] != "v1,1,2,3"
    assert not {"x-agora-identity", "x-user-id", "cookie"} & headers.keys()


async def test_cross_origin_requests_are_answered_for_named_origins_only(start_gateway, hello):
    gateway = await start_gateway({"hello": hello}, cors={"origins": ("https://shop.example",)})
    ask = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}

    allowed = await gateway.http.options("/graphql", headers={"origin": "https://shop.example", **ask})
    refused = await gateway.http.options("/graphql", headers={"origin": "https://evil.example", **ask})

    assert allowed.headers["access-control-allow-origin"] == "https://shop.example"
    assert refused.status_code == 400
