"""Two gateways on one random world, one of which compiles everything at once, and subgraphs that misbehave alike."""

import hashlib
import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from gateway.compiled import CompilerOptions
from gateway.compiled.compiled_plan import CompiledPlan
from gateway.engine import Engine, EngineOptions
from gateway.errors import RequestRefused
from gateway.executor.concurrency import ExecutionBound
from gateway.executor.transport import SubgraphResponse, TransportError, TransportErrorKind
from gateway.graphql_request import GraphQLRequest
from gateway.settings import GatewaySettings, TrafficSettings
from gateway.snapshot_builder import build_snapshot

NEVER = CompilerOptions(uses_before=1_000_000)
AT_ONCE = CompilerOptions(uses_before=0)


class FaultyTransport:
    """Passes requests on and damages some answers: the same answer to the same request, for both gateways.

    ``share`` is how many of the answers are damaged; ``made`` counts the requests.
    """

    def __init__(self, transport, seed=0, share=0.0) -> None:
        self._transport = transport
        self._seed = seed
        self._share = share
        self._answers = {}
        self.made = Counter()

    async def send(self, request):
        call = (request.url, request.body)
        self.made[call] += 1
        if call not in self._answers:
            rng = random.Random(hashlib.sha256(b"%d %b %b" % (self._seed, request.url.encode(), request.body)).digest())
            response = await self._transport.send(request)
            self._answers[call] = damaged(response.body, rng) if rng.random() < self._share else response.body
        answer = self._answers[call]
        if isinstance(answer, TransportError):
            raise answer
        return SubgraphResponse(200, (), answer)

    async def close(self) -> None:
        pass


def damaged(body: bytes, rng: random.Random):
    """A way in which an answer can be wrong."""
    match rng.randrange(12):
        case 0:
            return TransportError(rng.choice(list(TransportErrorKind)), "gone")
        case 1:
            return rng.choice([b"", b"null", b"[]", b"<html>", b'{"data":null}', b'{"data":[]}', b'{"errors":1}'])
        case 2:
            return body[: rng.randrange(len(body))]
        case 3:
            return body.replace(b'"__typename":"', b'"__typename":"X', 1)
        case 4:
            path = rng.choice([None, [], ["x"], ["_entities", 0, "f0"], ["_entities", 99]])
            error = {"message": "no", "path": path, "extensions": {"code": "NOT_FOUND"}}
            return json.dumps({**json.loads(body), "errors": [error]}).encode()
    value = json.loads(body)
    for _ in range(rng.randint(1, 3)):
        damage_node(value, rng)
    return json.dumps(value).encode()


def damage_node(value, rng: random.Random) -> None:
    """Somewhere in ``value``: a null, another type, a missing key, a list of another length or order."""
    while True:
        places = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        if not places:
            return
        key, below = rng.choice(places)
        if isinstance(below, (dict, list)) and below and rng.random() < 0.8:
            value = below
            continue
        match rng.randrange(5):
            case 0 | 1:
                value[key] = None
            case 2:
                value[key] = rng.choice([1, -1.5, "x", True, {}, [], [None], 10**12, 3.0, {"id": "1"}])
            case 3 if isinstance(value, dict):
                del value[key]
            case _ if isinstance(value, list):
                change = rng.choice(["reverse", "pop", "append"])
                getattr(value, change)(*([below] if change == "append" else []))
        return


def build_engine(sdl: str, transport, compiler: CompilerOptions) -> Engine:
    """A gateway that makes each request once: what is made twice is a fault of the hand-over, not a retry."""
    settings = GatewaySettings(traffic=TrafficSettings(deduplicate=False, retries=0, breaker_failures=0))
    snapshot = build_snapshot(sdl, settings, {}, transport)
    snapshot.options = replace(snapshot.options, compiler=compiler)
    return Engine(snapshot, EngineOptions(), ExecutionBound())


async def answer(engine: Engine, text: str, variables=None) -> str:
    """The response body, or the messages of a refusal."""
    try:
        return (await engine.execute(GraphQLRequest(text, variables=variables or {}))).body.decode()
    except RequestRefused as refused:
        return f"refused: {[error.message for error in refused.errors]}"


class TwoGateways:
    """The same supergraph served on the general path and compiled; the same ``seed`` damages answers alike."""

    def __init__(self, sdl: str, transport, *, share=0.0) -> None:
        self._transport = transport
        self._share = share
        self.seed = 0
        self.general = build_engine(sdl, None, NEVER)
        self.compiled = build_engine(sdl, None, AT_ONCE)

    async def difference(self, text: str, variables=None) -> str | None:
        """None when answers and calls are the same."""
        general, general_calls = await self.run(self.general, text, variables)
        compiled, compiled_calls = await self.run(self.compiled, text, variables)
        if general != compiled:
            return f"{text}\n{variables}\ngeneral:  {general}\ncompiled: {compiled}"
        if general_calls != compiled_calls:
            return (
                f"{text}\n{variables}\nother calls: {compiled_calls - general_calls} {general_calls - compiled_calls}"
            )
        return None

    async def run(self, engine: Engine, text: str, variables=None) -> tuple[str, Counter]:
        """The answer and the calls that it took."""
        transport = FaultyTransport(self._transport, self.seed, self._share)
        engine.snapshot.sender._transport = transport
        return await answer(engine, text, variables), transport.made


@pytest.fixture
def two_gateways():
    return TwoGateways


@pytest.fixture
def engine_for():
    return build_engine


@pytest.fixture
def execute():
    return answer


@pytest.fixture
def handed_over(monkeypatch):
    """The senders with which compiled plans handed over to the general path."""
    handed = []
    original = CompiledPlan.execute

    async def noted(self, *args):
        outcome = await original(self, *args)
        if not isinstance(outcome, bytes):
            handed.append(outcome)
        return outcome

    monkeypatch.setattr(CompiledPlan, "execute", noted)
    return handed


@pytest.fixture
def executor():
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


@pytest.fixture
def compiled_forms():
    """All compiled plans of an engine."""

    def find(engine):
        plans = engine.snapshot._plans
        kept = [plans.get(key) for key in plans.recent(100)]
        return [form.plan for each in kept for form in each.compiled._forms.values() if form.plan is not None]

    return find
