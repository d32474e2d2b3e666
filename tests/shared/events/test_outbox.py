"""State and events commit together, leave in order, arrive at least once and take effect once."""

import asyncio
import secrets
from contextlib import suppress

import pytest
from sqlalchemy import func, select, text

from shared.db import create_database_engine, session_factory, unit_of_work
from shared.db.migrations import ensure_database
from shared.db.urls import database_on_server
from shared.events import Inbox, OutboxRelay, PublishFailed
from shared.events.contracts.inventory import AvailabilityChangedV1
from shared.events.tables import event_metadata, inbox_table, outbox_table
from shared.testing.databases import drop_database

pytestmark = pytest.mark.engine("postgres")


@pytest.fixture(scope="module")
async def database(postgres_url):
    name = f"agora_test_outbox_{secrets.token_hex(4)}"
    url = database_on_server(postgres_url, name)
    await ensure_database(url)
    engine = create_database_engine(url, application_name="test outbox")
    async with engine.begin() as connection:
        await connection.run_sync(event_metadata.create_all)
    yield url, engine
    await engine.dispose()
    await drop_database(postgres_url, name)


@pytest.fixture
async def sessions(database):
    _, engine = database
    async with engine.begin() as connection:
        await connection.execute(text("TRUNCATE outbox, outbox_sequence, inbox, inbox_sequence"))
    return session_factory(engine)


class FakeBus:
    """A transport in memory whose next publications can be made to fail."""

    def __init__(self):
        self.published = []
        self.failing_subjects = set()
        self.arrived = asyncio.Event()

    async def publish(self, event):
        await asyncio.sleep(0)
        if event.subject in self.failing_subjects:
            raise PublishFailed("refused")
        self.published.append(event)
        self.arrived.set()


@pytest.fixture
def bus():
    return FakeBus()


@pytest.fixture
def relay(database, sessions, bus, clock):
    return OutboxRelay(sessions, bus, database_url=database[0], clock=clock)


@pytest.fixture
def add(sessions, clock):
    async def add(*subjects, fail=False):
        async with unit_of_work(sessions, source="/inventory", clock=clock) as work:
            for subject in subjects:
                data = AvailabilityChangedV1(
                    variantId=subject, totalAvailable=1, previousStatus="OUT_OF_STOCK", status="IN_STOCK"
                )
                await work.outbox.add(subject, data)
            if fail:
                raise RuntimeError("the mutation failed")

    return add


async def waiting(sessions):
    async with sessions() as session:
        return await session.scalar(select(func.count()).select_from(outbox_table))


async def test_a_rolled_back_unit_of_work_leaves_no_event(add, sessions, relay, bus):
    with pytest.raises(RuntimeError):
        await add("var_1", fail=True)
    await relay.relay_once()
    assert (await waiting(sessions), bus.published) == (0, [])


async def test_events_carry_their_subject_s_sequence_and_leave_in_order(add, sessions, relay, bus):
    await add("a", "b")
    await add("a")
    await add("b", "a")
    await relay.relay_once()
    by_subject = {s: [e.sequence for e in bus.published if e.subject == s] for s in "ab"}
    assert by_subject == {"a": [1, 2, 3], "b": [1, 2]}
    assert await waiting(sessions) == 0
    event = bus.published[0]
    assert (event.source, event.specversion) == ("/inventory", "1.0")
    assert event.data_as(AvailabilityChangedV1).status == "IN_STOCK"


async def test_a_refused_event_stays_holds_its_successors_back_and_leaves_later(add, sessions, relay, bus, clock):
    await add("a", "a", "b")
    bus.failing_subjects = {"a"}
    await relay.relay_once()
    assert [event.subject for event in bus.published] == ["b"]
    assert await waiting(sessions) == 2
    bus.failing_subjects = set()
    clock.advance(60)
    await relay.relay_once()
    assert [event.sequence for event in bus.published if event.subject == "a"] == [1, 2]
    assert await waiting(sessions) == 0


async def test_two_relays_share_the_work_without_publishing_twice(add, relay, bus, database, sessions, clock):
    for number in range(40):
        await add(f"v{number}")
    other = OutboxRelay(sessions, bus, database_url=database[0], clock=clock)
    while await waiting(sessions):
        await asyncio.gather(relay.relay_once(), other.relay_once())
    assert sorted(event.subject for event in bus.published) == sorted(f"v{number}" for number in range(40))


async def test_a_commit_wakes_the_running_relay(add, relay, bus):
    task = asyncio.create_task(relay.run())
    try:
        await add("a")
        await asyncio.wait_for(bus.arrived.wait(), 30)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_the_same_event_takes_effect_once_even_when_it_arrives_twice_at_once(add, relay, bus, sessions, clock):
    await add("a")
    await relay.relay_once()
    event = bus.published[0]

    async def handle():
        async with sessions() as session, session.begin():
            return await Inbox(session, consumer="search.index", clock=clock).is_new(event)

    assert sorted(await asyncio.gather(handle(), handle(), handle())) == [False, False, True]
    async with sessions() as session, session.begin():
        assert await Inbox(session, consumer="users.mail", clock=clock).is_new(event), "consumers do not share an inbox"


async def test_a_failed_effect_is_not_remembered(add, relay, bus, sessions, clock):
    await add("a")
    await relay.relay_once()

    async def fail_after_the_check():
        async with sessions() as session, session.begin():
            await Inbox(session, consumer="search.index", clock=clock).is_new(bus.published[0])
            raise RuntimeError("the handler failed")

    with pytest.raises(RuntimeError):
        await fail_after_the_check()
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(inbox_table)) == 0


async def test_consumers_of_state_drop_what_is_older_than_what_they_saw(add, relay, bus, sessions, clock):
    for _ in range(3):
        await add("a")
    await relay.relay_once()
    first, second, third = bus.published
    async with sessions() as session, session.begin():
        inbox = Inbox(session, consumer="search.index", clock=clock)
        assert [await inbox.is_newest(event) for event in (second, first, third, third)] == [True, False, True, False]
