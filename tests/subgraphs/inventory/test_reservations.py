"""Reservations: all or nothing, never below zero, explained by the ledger, once per key."""

import asyncio
import random

import pytest
from sqlalchemy import func, select

from shared.events.tables import outbox_table
from subgraphs.inventory.errors import InventoryErrorCode, InventoryFailure
from subgraphs.inventory.models import ReservationLineRow, StockLevelRow, StockMovementRow
from subgraphs.inventory.service import ReservationRequest

pytestmark = pytest.mark.engine("postgres")


@pytest.fixture
def request_for(variant):
    def make(ship_to=None, ttl=900, allow_split=True, owner="cart_1", **units):
        demand = {variant(name): quantity for name, quantity in units.items()}
        return ReservationRequest(owner, demand, ship_to, ttl, allow_split)

    return make


@pytest.fixture
def levels(sessions):
    async def read():
        async with sessions() as session:
            rows = await session.scalars(select(StockLevelRow))
            return {row.id: (row.on_hand, row.reserved) for row in rows}

    return read


@pytest.fixture
def reserved(sessions, variant):
    async def read(name):
        async with sessions() as session:
            statement = select(func.sum(StockLevelRow.reserved)).where(StockLevelRow.variant_id == variant(name))
            return await session.scalar(statement)

    return read


@pytest.fixture
def held(sessions):
    async def read(reservation):
        async with sessions() as session:
            rows = await session.scalars(
                select(ReservationLineRow).where(ReservationLineRow.reservation_id == reservation.id)
            )
            return {(row.warehouse_id, row.quantity, row.backordered) for row in rows}

    return read


@pytest.fixture
def events(sessions):
    async def read():
        async with sessions() as session:
            rows = await session.scalars(select(outbox_table.c.event).order_by(outbox_table.c.position))
            return [row["type"].removeprefix("inventory.").removesuffix(".v1") for row in rows]

    return read


@pytest.fixture(autouse=True)
async def ledger_explains_every_level(sessions):
    """Whatever a test did: deltas add up to levels, and nothing is negative."""
    yield
    async with sessions() as session:
        level, movement = StockLevelRow, StockMovementRow
        sums = await session.execute(
            select(
                level.on_hand,
                level.reserved,
                func.coalesce(func.sum(movement.on_hand_delta), 0),
                func.coalesce(func.sum(movement.reserved_delta), 0),
            )
            .outerjoin(
                movement,
                (movement.variant_id == level.variant_id) & (movement.warehouse_id == level.warehouse_id),
            )
            .group_by(level.id)
        )
        for on_hand, held, on_hand_sum, held_sum in sums:
            assert (on_hand, held) == (on_hand_sum, held_sum)
            assert held >= 0


async def test_one_warehouse_for_everything_is_preferred(stock, reservations, request_for, held, warehouse):
    await stock("a", BER=1, RTM=5)
    await stock("b", BER=9, RTM=5)
    reservation = await reservations.create(request_for("DE", a=2, b=2), caller="orders", key="1")
    assert await held(reservation) == {(warehouse("RTM"), 2, 0)}


async def test_a_reservation_splits_over_warehouses_that_serve_the_country(
    stock, reservations, request_for, held, warehouse
):
    await stock("a", BER=3, LYS=50, RTM=2)
    reservation = await reservations.create(request_for("DE", a=5), caller="orders", key="1")
    assert await held(reservation) == {(warehouse("BER"), 3, 0), (warehouse("RTM"), 2, 0)}


async def test_all_or_nothing_names_every_shortage(stock, reservations, request_for, levels, events, variant):
    await stock("a", BER=3)
    await stock("b", BER=1)
    before = await levels()
    with pytest.raises(InventoryFailure) as raised:
        await reservations.create(request_for(a=3, b=2, c=1), caller="orders", key="1")
    shortages = {(p.code, p.variant_id, p.available_quantity) for p in raised.value.problems}
    insufficient = InventoryErrorCode.INSUFFICIENT_STOCK
    assert shortages == {(insufficient, variant("b"), 1), (insufficient, variant("c"), 0)}
    assert await levels() == before
    assert await events() == []
    await reservations.create(request_for(a=3, b=1), caller="orders", key="1")


async def test_without_split_no_combination_of_warehouses_will_do(stock, reservations, request_for):
    await stock("a", BER=3, RTM=3)
    with pytest.raises(InventoryFailure):
        await reservations.create(request_for("DE", a=4, allow_split=False), caller="orders", key="1")


async def test_backorders_come_after_what_is_on_hand_and_end_at_their_limit(
    stock, reservations, request_for, held, warehouse
):
    await stock("a", BER=3, backorder=2)
    reservation = await reservations.create(request_for(a=4), caller="orders", key="1")
    assert await held(reservation) == {(warehouse("BER"), 4, 1)}
    with pytest.raises(InventoryFailure):
        await reservations.create(request_for(a=2), caller="orders", key="2")
    await reservations.create(request_for(a=1), caller="orders", key="3")


async def test_safety_stock_is_not_sold(stock, reservations, request_for):
    await stock("a", BER=3, safety=2)
    with pytest.raises(InventoryFailure):
        await reservations.create(request_for(a=2), caller="orders", key="1")


async def test_the_same_key_gives_the_same_reservation_and_another_input_is_refused(
    stock, reservations, request_for, reserved
):
    await stock("a", BER=9)
    first = await reservations.create(request_for(a=2), caller="orders", key="k")
    again = await reservations.create(request_for(a=2), caller="orders", key="k")
    assert first.id == again.id
    with pytest.raises(InventoryFailure) as raised:
        await reservations.create(request_for(a=3), caller="orders", key="k")
    assert raised.value.problems[0].code is InventoryErrorCode.IDEMPOTENCY_KEY_REUSED
    other = await reservations.create(request_for(a=3), caller="somebody else", key="k")
    assert other.id != first.id
    assert await reserved("a") == 5


async def test_one_key_used_at_once_reserves_once(stock, reservations, request_for, reserved):
    await stock("a", BER=9)
    made = await asyncio.gather(*(reservations.create(request_for(a=2), caller="orders", key="k") for _ in range(8)))
    assert len({reservation.id for reservation in made}) == 1
    assert await reserved("a") == 2


async def test_many_buyers_of_few_units_never_oversell(stock, reservations, request_for, reserved, levels):
    await stock("a", BER=4, LYS=3, RTM=3)
    outcomes = await asyncio.gather(
        *(reservations.create(request_for(a=1), caller="orders", key=f"k{n}") for n in range(60)),
        return_exceptions=True,
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, InventoryFailure)]
    assert len(refused) == 50
    assert all(p.code is InventoryErrorCode.INSUFFICIENT_STOCK for f in refused for p in f.problems)
    assert await reserved("a") == 10
    assert all(held <= on_hand for on_hand, held in (await levels()).values())


async def test_overlapping_carts_in_any_order_do_not_deadlock(stock, reservations, request_for):
    names = "abcdef"
    for name in names:
        await stock(name, BER=100, RTM=100)
    rng = random.Random(7)

    async def buy(number):
        chosen = dict.fromkeys(rng.sample(names, 4), 1)
        reservation = await reservations.create(request_for(**chosen), caller="orders", key=f"k{number}")
        if number % 2:
            await reservations.release(reservation.id, "changed my mind")

    await asyncio.gather(*(buy(number) for number in range(40)))


async def test_release_frees_the_stock_once(stock, reservations, request_for, reserved, events):
    await stock("a", BER=9)
    reservation = await reservations.create(request_for(a=2), caller="orders", key="k")
    first = await reservations.release(reservation.id, "cancelled")
    again = await reservations.release(reservation.id, "cancelled")
    assert first.status == again.status == "RELEASED"
    assert await reserved("a") == 0
    assert (await events()).count("reservation.released") == 1


async def test_commit_keeps_the_stock_and_is_idempotent(stock, reservations, request_for, reserved):
    await stock("a", BER=9)
    reservation = await reservations.create(request_for(a=2), caller="orders", key="k")
    order = "ord_01JGFJJZ004NS2JZ9K72RCZ7PJ"
    for _ in range(2):
        committed = await reservations.commit(reservation.id, order)
        assert (committed.status, committed.order_id, committed.expires_at) == ("COMMITTED", order, None)
    with pytest.raises(InventoryFailure):
        await reservations.commit(reservation.id, "ord_01JGFJJZ004NS2JZ9K72RCZ7PK")
    assert await reserved("a") == 2
    assert (await reservations.release(reservation.id, "order cancelled")).status == "RELEASED"
    assert await reserved("a") == 0


async def test_what_is_held_too_long_is_freed_and_can_be_held_again(stock, reservations, request_for, reserved, clock):
    await stock("a", BER=2)
    reservation = await reservations.create(request_for(a=2, ttl=60), caller="orders", key="k")
    assert await reservations.expire_due() == 0
    clock.advance(61)
    assert await reservations.expire_due() == 1
    assert await reservations.expire_due() == 0
    assert await reserved("a") == 0
    await reservations.commit(reservation.id, "ord_01JGFJJZ004NS2JZ9K72RCZ7PJ")
    assert await reserved("a") == 2


async def test_commit_of_an_expired_one_fails_when_the_stock_went_to_somebody_else(
    stock, reservations, request_for, clock, reserved
):
    await stock("a", BER=2)
    reservation = await reservations.create(request_for(a=2, ttl=60), caller="orders", key="k")
    clock.advance(61)
    await reservations.expire_due()
    await reservations.create(request_for(a=1), caller="orders", key="other")
    with pytest.raises(InventoryFailure) as raised:
        await reservations.commit(reservation.id, "ord_01JGFJJZ004NS2JZ9K72RCZ7PJ")
    assert raised.value.problems[0].code is InventoryErrorCode.RESERVATION_EXPIRED
    assert await reserved("a") == 1


async def test_extending_holds_longer(stock, reservations, request_for, clock):
    await stock("a", BER=2)
    reservation = await reservations.create(request_for(a=1, ttl=60), caller="orders", key="k")
    clock.advance(50)
    await reservations.extend(reservation.id, 60)
    clock.advance(50)
    assert await reservations.expire_due() == 0


async def test_events_tell_what_changed(stock, reservations, request_for, events):
    await stock("a", BER=7)
    await reservations.create(request_for(a=1), caller="orders", key="1")
    await reservations.create(request_for(a=1), caller="orders", key="2")
    assert await events() == [
        "stock.changed",
        "reservation.created",
        "stock.changed",
        "availability.changed",
        "reservation.created",
    ]


@pytest.mark.parametrize(
    ("units", "key", "ttl"),
    [
        ({"a": 0}, "k", 9),
        ({"a": -1}, "k", 9),
        ({"a": 2**31}, "k", 9),
        ({}, "k", 9),
        ({"a": 1}, "", 9),
        ({"a": 1}, "k", 0),
    ],
)
async def test_senseless_requests_are_refused(stock, reservations, request_for, units, key, ttl):
    with pytest.raises(InventoryFailure) as raised:
        await reservations.create(request_for(ttl=ttl, **units), caller="orders", key=key)
    assert raised.value.problems[0].code is InventoryErrorCode.INVALID


@pytest.mark.parametrize("identifier", ["", "rsv_", "rsv_01JGFJJZ004NS2JZ9K72RCZ7PJ", "ord_01JGFJJZ004NS2JZ9K72RCZ7PJ"])
async def test_unknown_reservations_are_not_found(reservations, identifier):
    with pytest.raises(InventoryFailure) as raised:
        await reservations.release(identifier, None)
    assert raised.value.problems[0].code is InventoryErrorCode.NOT_FOUND
