"""Whatever a subgraph does: no exception, the others' data stays, the failure is recorded where it is missing."""

from __future__ import annotations

import json

import pytest

from gateway.executor.resilience import BreakerState, CircuitBreaker
from gateway.executor.transport import SubgraphResponse, TransportError, TransportErrorKind
from gateway.query_plan import OperationKind, Parallel, Sequence

JSON = (("content-type", "application/json"),)

UNUSABLE = {
    "html": b"<html>Bad gateway</html>",
    "empty": b"",
    "truncated": b'{"data": {"items": [',
    "null": b"null",
    "number": b"1",
    "list": b"[]",
    "data is a list": b'{"data": []}',
    "data is a text": b'{"data": "x"}',
    "no data, no errors": b"{}",
    "errors is an object": b'{"errors": {}}',
    "deeply nested": b'{"data": {"items": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    "NaN": b'{"data": {"item": NaN}}',
    "infinite": b'{"data": {"item": 1e400}}',
    "invalid UTF-8": b'{"data": {"item": "\xff"}}',
    "refused": TransportError(TransportErrorKind.CONNECT, "10.0.0.1:4001 refused"),
    "timed out": TransportError(TransportErrorKind.TIMEOUT, "10.0.0.1:4001 is slow"),
    "too large": TransportError(TransportErrorKind.TOO_LARGE, "10.0.0.1:4001 sent 100 MB"),
}


@pytest.mark.parametrize("answer", UNUSABLE.values(), ids=UNUSABLE.keys())
async def test_an_unusable_root_answer_is_one_masked_failure(
    make_subgraph, make_transport, root_fetch, run_plan, answer
):
    bad, good = make_subgraph(answer=answer), make_subgraph(answer={"data": {"fine": 1}})

    execution = await run_plan(
        Parallel((root_fetch(0, "bad", "item"), root_fetch(1, "good", "fine"))), make_transport(bad=bad, good=good)
    )

    assert execution.tree == {"fine": 1}
    (failure,) = execution.failures
    assert failure.path == ()
    assert failure.error.code == "DOWNSTREAM_UNAVAILABLE"
    assert failure.error.extensions == {"service": "bad"}
    assert "10.0.0.1" not in failure.error.message


ENTITY_ANSWERS = {
    "not a list": ({"_entities": {}}, [0, 1]),
    "missing": ({}, [0, 1]),
    "too short": ({"_entities": [{"name": "a"}]}, [0, 1]),
    "too long": ({"_entities": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}, [0, 1]),
    "an item is a text": ({"_entities": ["a", {"name": "b"}]}, [0]),
    "another type": ({"_entities": [{"__typename": "Other", "name": "a"}, {"name": "b"}]}, [0]),
    "type is a number": ({"_entities": [{"__typename": 1, "name": "a"}, {"name": "b"}]}, [0]),
    "null is an answer": ({"_entities": [None, {"name": "b"}]}, []),
}


@pytest.mark.parametrize(("data", "failed"), ENTITY_ANSWERS.values(), ids=ENTITY_ANSWERS.keys())
async def test_wrong_entities_fail_for_the_objects_concerned(
    make_subgraph, make_transport, root_fetch, entity_fetch, run_plan, data, failed
):
    rows = [{"__typename": "Item", "id": "1"}, {"__typename": "Item", "id": "2"}]
    first, second = make_subgraph(answer={"data": {"items": rows}}), make_subgraph(answer={"data": data})
    plan = Sequence(
        (
            root_fetch(0, "first", "items { __typename id }"),
            entity_fetch(1, "second", "items.@", "... on Item { __typename id }", "... on Item { __typename name }"),
        )
    )

    execution = await run_plan(plan, make_transport(first=first, second=second))

    assert sorted(failure.path for failure in execution.failures) == [("items", index) for index in failed]
    if failed == [0]:
        assert execution.tree["items"] == [
            {"__typename": "Item", "id": "1"},
            {"__typename": "Item", "id": "2", "name": "b"},
        ]


async def test_errors_of_entities_point_to_every_place_of_the_entity(
    make_subgraph, make_transport, root_fetch, entity_fetch, run_plan
):
    rows = [{"__typename": "Item", "id": "1"}, {"__typename": "Item", "id": "2"}, {"__typename": "Item", "id": "1"}]
    first = make_subgraph(answer={"data": {"items": rows}})
    second = make_subgraph(
        answer={
            "data": {"_entities": [{"name": None}, {"name": "b"}]},
            "errors": [{"message": "no such row in table items", "path": ["_entities", 0, "name"]}],
        }
    )
    plan = Sequence(
        (
            root_fetch(0, "first", "items { __typename id }"),
            entity_fetch(1, "second", "items.@", "... on Item { __typename id }", "... on Item { name }"),
        )
    )

    execution = await run_plan(plan, make_transport(first=first, second=second))

    assert [(error.path, error.code) for error in execution.errors] == [
        (("items", 0, "name"), "DOWNSTREAM_SERVICE_ERROR"),
        (("items", 2, "name"), "DOWNSTREAM_SERVICE_ERROR"),
    ]
    assert not any("table" in error.message for error in execution.errors)


async def test_known_client_codes_pass_with_their_message(make_subgraph, make_transport, root_fetch, run_plan):
    error = {
        "message": "Too many tries",
        "path": ["signIn"],
        "extensions": {"code": "RATE_LIMITED", "retryAfterSeconds": 30, "stacktrace": ["secret.py"]},
    }
    users = make_subgraph(answer={"data": {"signIn": None}, "errors": [error]})

    execution = await run_plan(root_fetch(0, "users", "signIn"), make_transport(users=users))

    (reported,) = execution.errors
    assert (reported.message, reported.code, reported.path) == ("Too many tries", "RATE_LIMITED", ("signIn",))
    assert reported.extensions == {"retryAfterSeconds": 30, "service": "users"}


async def test_a_million_errors_are_read_up_to_a_bound(make_subgraph, make_transport, root_fetch, run_plan):
    answer = json.dumps({"data": {"a": None}, "errors": [{"message": "x", "path": ["a"]}] * 10_000}).encode()

    execution = await run_plan(root_fetch(0, "a", "a"), make_transport(a=make_subgraph(answer=answer)))

    assert len(execution.errors) == 100


async def test_errors_of_the_wrong_shape_are_still_errors(make_subgraph, make_transport, root_fetch, run_plan):
    answer = {"data": None, "errors": ["x", {"message": 1, "path": "a"}, {"path": [True]}, {"extensions": []}]}

    execution = await run_plan(root_fetch(0, "a", "a"), make_transport(a=make_subgraph(answer=answer)))

    assert {failure.error.code for failure in execution.failures} == {"DOWNSTREAM_SERVICE_ERROR"}


async def test_a_graphql_body_counts_whatever_its_status(make_subgraph, make_transport, root_fetch, run_plan):
    body = json.dumps({"errors": [{"message": "no", "extensions": {"code": "FORBIDDEN"}}]}).encode()
    users = make_subgraph(answer=SubgraphResponse(403, JSON, body))

    execution = await run_plan(root_fetch(0, "users", "me"), make_transport(users=users))

    assert execution.failures[0].error.code == "FORBIDDEN"


@pytest.mark.parametrize(
    "answer",
    [
        TransportError(TransportErrorKind.CLOSED, "closed"),
        SubgraphResponse(503, (("retry-after", "0"),), b""),
    ],
)
async def test_queries_are_tried_again_mutations_never(make_subgraph, make_transport, root_fetch, run_plan, answer):
    answers = iter([answer, {"data": {"a": 1}}])
    flaky = make_subgraph(answer=lambda _body: next(answers))

    execution = await run_plan(root_fetch(0, "a", "a"), make_transport(a=flaky), retries=1)

    assert execution.tree == {"a": 1}
    assert len(flaky.seen) == 2

    answers = iter([answer, {"data": {"a": 1}}])
    changing = make_subgraph(answer=lambda _body: next(answers))
    mutation = root_fetch(0, "a", "a", kind=OperationKind.MUTATION)
    execution = await run_plan(mutation, make_transport(a=changing), retries=1)

    assert len(changing.seen) == 1
    assert execution.failures


async def test_an_open_breaker_asks_nothing_until_a_probe_succeeds(make_subgraph, make_transport, root_fetch, run_plan):
    breaker = CircuitBreaker(2, 0.0)
    down = make_subgraph(answer=TransportError(TransportErrorKind.CONNECT, "down"))
    transport = make_transport(a=down)
    for _ in range(2):
        await run_plan(root_fetch(0, "a", "a"), transport, breaker=breaker)
    assert breaker.state is BreakerState.OPEN

    breaker.open_seconds = 3600
    await run_plan(root_fetch(0, "a", "a"), transport, breaker=breaker)
    assert len(down.seen) == 2

    breaker.open_seconds = 0
    down.answer = {"data": {"a": 1}}
    execution = await run_plan(root_fetch(0, "a", "a"), transport, breaker=breaker)
    assert execution.tree == {"a": 1}
    assert breaker.state is BreakerState.CLOSED


async def test_an_answer_too_deep_to_walk_fails_its_objects_alone(
    make_subgraph, make_transport, root_fetch, entity_fetch, run_plan
):
    rows = [{"__typename": "Item", "id": "1"}, {"__typename": "Item", "id": "1"}]
    deep = b'{"a":' * 700 + b"1" + b"}" * 700
    first = make_subgraph(answer={"data": {"items": rows}})
    second = make_subgraph(answer=b'{"data": {"_entities": [{"any": ' + deep + b"}]}}")
    plan = Sequence(
        (
            root_fetch(0, "first", "items { __typename id }"),
            entity_fetch(1, "second", "items.@", "... on Item { __typename id }", "... on Item { any }"),
        )
    )

    execution = await run_plan(plan, make_transport(first=first, second=second))

    assert {failure.path for failure in execution.failures} == {("items", 0), ("items", 1)}


async def test_what_nobody_asked_for_replaces_nothing(
    make_subgraph, make_transport, root_fetch, entity_fetch, run_plan
):
    row = {"__typename": "Item", "id": "1", "box": {"size": 1, "name": "a"}, "stock": 0}
    first = make_subgraph(answer={"data": {"items": [row], "other": 1}})
    unasked = {"__typename": "Other", "id": "2", "box": {"weight": 3, "size": 4}}
    second = make_subgraph(answer={"data": {"_entities": [unasked]}})
    plan = Sequence(
        (
            root_fetch(0, "first", "items { __typename id box { size } }"),
            entity_fetch(1, "second", "items.@", "... on Item { __typename id }", "... on Item { box { weight } }"),
        )
    )

    execution = await run_plan(plan, make_transport(first=first, second=second))

    assert execution.tree == {"items": [{"__typename": "Item", "id": "1", "box": {"size": 1, "weight": 3}}]}


async def test_a_byte_order_mark_is_no_part_of_an_answer(make_subgraph, make_transport, root_fetch, run_plan):
    marked = make_subgraph(answer=b'\xef\xbb\xbf{"data": {"a": 1}}')

    execution = await run_plan(root_fetch(0, "marked", "a"), make_transport(marked=marked))

    assert (execution.tree, execution.failures) == ({"a": 1}, [])


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (r"cut \ud83d", "cut \ufffd"),
        (r"\udE00 \ud83d\ude00 \uD83D!", "\ufffd \U0001f600 \ufffd!"),
        (r"\\ud83d \\\ud83d", "\\ud83d \\\ufffd"),
        (r"\ud83d\ud83d\ude00\u0041", "\ufffd\U0001f600A"),
    ],
)
async def test_a_character_that_was_cut_in_two_costs_no_more_than_itself(
    make_subgraph, make_transport, root_fetch, run_plan, sent, read
):
    cutting = make_subgraph(answer=f'{{"data": {{"a": "{sent}", "b": 1}}}}'.encode())

    execution = await run_plan(root_fetch(0, "cutting", "a b"), make_transport(cutting=cutting))

    assert (execution.tree, execution.failures) == ({"a": read, "b": 1}, [])
