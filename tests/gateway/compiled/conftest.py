"""Two gateways on one random world, one of which compiles everything at once, and subgraphs that misbehave alike."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from gateway.compiled import CompilerOptions
from gateway.compiled.compiled_plan import CompiledPlan
from gateway.engine import Engine, EngineOptions
from gateway.errors import RequestRefused
from gateway.executor.concurrency import ExecutionBound
from gateway.graphql_request import GraphQLRequest
from gateway.settings import GatewaySettings, TrafficSettings
from gateway.snapshot_builder import build_snapshot
from gateway.testing.damage import DamagingTransport

NEVER = CompilerOptions(uses_before=1_000_000)
AT_ONCE = CompilerOptions(uses_before=0)


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
        transport = DamagingTransport(self._transport, self.seed, self._share)
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
