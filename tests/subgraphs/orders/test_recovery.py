"""A checkout that is killed anywhere ends well: taken over, finished or undone, never doubled."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from shared.auth import ANONYMOUS
from shared.events.tables import outbox_table
from shared.money import Money
from subgraphs.orders.checkout.attempts import AttemptRepository
from subgraphs.orders.checkout.domain import CheckoutRequest, CheckoutStatus, CheckoutStep, LeaseLost
from subgraphs.orders.checkout.saga import CheckoutSaga
from subgraphs.orders.checkout.steps import CheckoutSteps
from subgraphs.orders.models import CheckoutAttemptRow
from subgraphs.orders.payment import TestProvider
from subgraphs.orders.services import Sisters, build_services

pytestmark = pytest.mark.engine("postgres")


class Killed(BaseException):
    """The process died here."""


class DyingInventory:
    """The real inventory, whose caller dies before or after one of its calls."""

    def __init__(self, inventory, method, after):
        self._inventory, self._method, self._after = inventory, method, after

    def __getattr__(self, name):
        real = getattr(self._inventory, name)
        if name != self._method:
            return real

        async def dying(*arguments, **named):
            if self._after:
                await real(*arguments, **named)
            raise Killed(name)

        return dying


class DyingProvider(TestProvider):
    """The test provider, whose caller dies before or after one of its calls."""

    __test__ = False

    def __init__(self, sessions, clock, method, after):
        super().__init__(sessions, clock)
        self._dying, self._after = method, after

    async def authorize(self, **arguments):
        if self._dying != "authorize":
            return await super().authorize(**arguments)
        if self._after:
            await super().authorize(**arguments)
        raise Killed("authorize")

    async def void(self, key):
        if self._dying != "void":
            return await super().void(key)
        if self._after:
            await super().void(key)
        raise Killed("void")


@pytest.fixture
async def lamp(products, stock):
    variant = products.sell("lamp", 4_990)
    await stock(variant, 5)
    return variant


@pytest.fixture
def begin(shop, settings, database, clock, sisters):
    """Begins a checkout as cartComplete does, and gives the attempt without running its saga."""

    async def begin(lamp, token="tok_ok"):
        cart = await shop().ready((lamp, 2))
        services = build_services(settings, database.sessions, clock, sisters)
        services.checkouts._start = lambda attempt: None
        services.checkouts._wait_seconds = 0
        total = Money.from_amount(Decimal(cart["cost"]["total"]["amount"]), "EUR")
        request = CheckoutRequest(cart["id"], cart["version"], total, "card", token)
        return await services.checkouts.complete(request, ANONYMOUS, "key-1")

    return begin


@pytest.fixture
def saga(database, clock, products, sisters):
    def make(inventory=None, provider=None):
        steps = CheckoutSteps(
            sessions=database.sessions,
            clock=clock,
            products=products,
            inventory=inventory or sisters.inventory,
            provider=provider or TestProvider(database.sessions, clock),
        )
        return CheckoutSaga(steps)

    return make


@pytest.fixture
def recover(settings, database, clock, sisters):
    async def recover():
        clock.advance(31)
        services = build_services(
            settings, database.sessions, clock, Sisters(sisters.products, sisters.inventory, sisters.http)
        )
        return await services.checkouts.recover()

    return recover


@pytest.fixture
def final(database):
    """Status and settledness of the one attempt, and the types of the events."""

    async def read():
        async with database.sessions() as session:
            row = (await session.scalars(select(CheckoutAttemptRow))).one()
            events = await session.scalars(select(outbox_table.c.event["type"].astext))
            return row.status, row.settled, sorted(events)

    return read


CALLS = [("reserve", False), ("reserve", True), ("commit", False), ("commit", True)]


@pytest.mark.parametrize(("method", "after"), CALLS)
async def test_death_around_a_call_to_inventory(
    begin, saga, recover, final, lamp, sisters, reserved, journal, order_states, method, after
):
    attempt = await begin(lamp)
    with pytest.raises(Killed):
        await saga(inventory=DyingInventory(sisters.inventory, method, after)).run(attempt)
    assert await recover() == 1
    assert await final() == ("SUCCEEDED", True, ["orders.order.placed.v1"])
    assert (await reserved(), await journal(), await order_states()) == (2, ["AUTHORIZED"], ["CONFIRMED"])


@pytest.mark.parametrize("after", [False, True])
async def test_death_around_the_charge(
    begin, saga, recover, final, lamp, database, clock, reserved, journal, order_states, after
):
    attempt = await begin(lamp)
    with pytest.raises(Killed):
        await saga(provider=DyingProvider(database.sessions, clock, "authorize", after)).run(attempt)
    assert await recover() == 1
    assert await final() == ("SUCCEEDED", True, ["orders.order.placed.v1"])
    assert (await reserved(), await journal(), await order_states()) == (2, ["AUTHORIZED"], ["CONFIRMED"])


@pytest.mark.parametrize(("method", "after"), [("void", False), ("void", True), ("release", False), ("release", True)])
async def test_death_while_undoing(
    begin, saga, recover, final, lamp, database, clock, sisters, reserved, journal, order_states, method, after
):
    attempt = await begin(lamp, token="tok_declined")
    inventory = DyingInventory(sisters.inventory, method, after)
    provider = DyingProvider(database.sessions, clock, method, after)
    with pytest.raises(Killed):
        await saga(inventory=inventory, provider=provider).run(attempt)
    assert await recover() == 1
    assert await final() == ("FAILED", True, ["orders.order.rejected.v1"])
    assert (await reserved(), await journal(), await order_states()) == (0, ["VOIDED"], ["REJECTED"])


@pytest.mark.parametrize("step", [step for step in CheckoutStep if step not in ("LOCK_CART", "CAPTURE")])
async def test_death_before_a_step_s_own_transaction_commits(
    begin, saga, recover, final, lamp, reserved, journal, order_states, monkeypatch, step
):
    """The process dies while it writes that ``step`` comes next (or that all is done)."""
    attempt = await begin(lamp)
    real_advance, real_settle = AttemptRepository.advance, AttemptRepository.settle

    async def advance(self, attempt, now, **values):
        written = await real_advance(self, attempt, now, **values)
        if values["step"] is step:
            raise Killed(step)
        return written

    async def settle(self, attempt, now, status):
        written = await real_settle(self, attempt, now, status)
        if step is CheckoutStep.REPRICE:
            raise Killed("settle")
        return written

    monkeypatch.setattr(AttemptRepository, "advance", advance)
    monkeypatch.setattr(AttemptRepository, "settle", settle)
    with pytest.raises(Killed):
        await saga().run(attempt)
    monkeypatch.undo()
    assert await recover() == 1
    assert await final() == ("SUCCEEDED", True, ["orders.order.placed.v1"])
    assert (await reserved(), await journal(), await order_states()) == (2, ["AUTHORIZED"], ["CONFIRMED"])


async def test_whoever_lost_the_lease_writes_nothing(begin, saga, recover, final, lamp, database, clock, order_states):
    zombie = await begin(lamp)
    assert await recover() == 1
    assert (await final())[0] == "SUCCEEDED"
    async with database.sessions() as session, session.begin():
        with pytest.raises(LeaseLost):
            await AttemptRepository(session).settle(zombie, clock.now(), CheckoutStatus.FAILED)
    await saga().run(zombie)
    assert await final() == ("SUCCEEDED", True, ["orders.order.placed.v1"])
    assert await order_states() == ["CONFIRMED"]


async def test_a_lease_that_still_runs_is_left_alone(begin, settings, database, clock, sisters, lamp):
    await begin(lamp)
    checkouts = build_services(settings, database.sessions, clock, sisters).checkouts
    assert await checkouts.recover() == 0
    clock.advance(31)
    assert await checkouts.recover() == 1
    async with database.sessions() as session:
        assert (
            await session.scalar(
                select(func.count()).select_from(CheckoutAttemptRow).where(~CheckoutAttemptRow.settled)
            )
            == 0
        )
