"""The use cases of reservations. Each opens one unit of work; a failure leaves nothing behind.

Locks are taken in one order everywhere: the reservation's own row, then stock rows by (variant, warehouse), then the
outbox. So concurrent reservations of overlapping carts wait for each other and never deadlock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import msgspec
from sqlalchemy.dialects.postgresql import insert

from shared.clock import Clock
from shared.db import Sessions, UnitOfWork, unit_of_work
from shared.db.unit_of_work import retry_transaction
from shared.events.contracts.inventory import (
    ReservationCommittedV1,
    ReservationCreatedV1,
    ReservationExpiredV1,
    ReservationLineData,
    ReservationReleasedV1,
)
from shared.ids import has_prefix, new_id
from subgraphs.inventory.domain import (
    Allocation,
    ReservationStatus,
    Shortage,
    StockMovementType,
    allocate,
)
from subgraphs.inventory.errors import (
    IdempotencyKeyReused,
    InvalidInput,
    InventoryErrorCode,
    InventoryFailure,
    InventoryProblem,
    ReservationExpired,
    ReservationNotActive,
    ReservationNotFound,
)
from subgraphs.inventory.ledger import Movement, Posting, post
from subgraphs.inventory.models import ReservationLineRow, ReservationRow, StockLevelRow
from subgraphs.inventory.repository import StockRepository, position

SOURCE: Final = "/inventory"
MAX_LINES: Final = 200
MAX_QUANTITY: Final = 1_000_000
MAX_TTL_SECONDS: Final = 86_400
MAX_KEY_LENGTH: Final = 200
_OPEN: Final = (ReservationStatus.HELD.value, ReservationStatus.COMMITTED.value)


@dataclass(frozen=True, slots=True)
class ReservationRequest:
    """What to hold: units by variant, for ``owner_ref``, shipped to ``ship_to``."""

    owner_ref: str
    demand: Mapping[str, int]
    ship_to: str | None
    ttl_seconds: int
    allow_split: bool

    def digest(self) -> str:
        """The same for the same input, whatever its line order."""
        parts = [self.owner_ref, sorted(self.demand.items()), self.ship_to, self.ttl_seconds, self.allow_split]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


class ReservationService:
    """Create, extend, commit, release and expire reservations."""

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    async def create(self, request: ReservationRequest, *, caller: str, key: str) -> ReservationRow:
        """Hold all of it or nothing; the same ``key`` gives the same reservation. Raises InventoryFailure."""
        _check(request, key)
        return await retry_transaction(lambda: self._create(request, caller, key))

    async def extend(self, reservation_id: str, ttl_seconds: int) -> ReservationRow:
        """Hold it for ``ttl_seconds`` from now, never for less than it had. Raises InventoryFailure."""
        if not 1 <= ttl_seconds <= MAX_TTL_SECONDS:
            raise InvalidInput(f"ttlSeconds must be between 1 and {MAX_TTL_SECONDS}.", "ttlSeconds")
        async with unit_of_work(self._sessions, source=SOURCE, clock=self._clock) as work:
            reservation = await _lock(StockRepository(work.session), reservation_id)
            if reservation.status != ReservationStatus.HELD.value:
                raise ReservationNotActive(reservation.status)
            until = self._clock.now() + timedelta(seconds=ttl_seconds)
            reservation.expires_at = max(until, reservation.expires_at or until)
            reservation.version += 1
            return reservation

    async def commit(self, reservation_id: str, order_id: str) -> ReservationRow:
        """HELD → COMMITTED; an expired one is held again if the stock is still there. Raises InventoryFailure."""
        return await retry_transaction(lambda: self._commit(reservation_id, order_id))

    async def release(self, reservation_id: str, reason: str | None) -> ReservationRow:
        """Give the stock back; nothing to do when it was released or expired. Raises InventoryFailure."""
        return await retry_transaction(lambda: self._release(reservation_id, reason))

    async def expire_due(self, *, limit: int = 200) -> int:
        """Free what was held too long; the number of reservations that ended."""
        async with self._sessions() as session:
            due = await StockRepository(session).due_reservation_ids(self._clock.now(), limit)
        ended = 0
        for reservation_id in due:
            ended += await retry_transaction(lambda due_id=reservation_id: self._expire(due_id))  # type: ignore[misc]
        return ended

    async def _create(self, request: ReservationRequest, caller: str, key: str) -> ReservationRow:
        async with unit_of_work(self._sessions, source=SOURCE, clock=self._clock) as work:
            stock = StockRepository(work.session)
            fresh_id = await self._claim_key(work, request, caller, key)
            if fresh_id is None:
                return await _replay(stock, request, caller, key)
            lines = await self._hold(work, fresh_id, request.demand, request.ship_to, allow_split=request.allow_split)
            reservation = await _lock(stock, fresh_id)
            await work.outbox.add(
                fresh_id,
                ReservationCreatedV1(
                    ownerRef=request.owner_ref,
                    lines=lines,
                    expiresAt=reservation.expires_at or self._clock.now(),
                ),
            )
            return reservation

    async def _claim_key(self, work: UnitOfWork, request: ReservationRequest, caller: str, key: str) -> str | None:
        """The new reservation's id; None when the key has one. Waits for a running request with the same key."""
        now = self._clock.now()
        statement = (
            insert(ReservationRow)
            .values(
                id=new_id("rsv"),
                status=ReservationStatus.HELD.value,
                owner_ref=request.owner_ref,
                ship_to=request.ship_to,
                caller=caller,
                idempotency_key=key,
                input_hash=request.digest(),
                expires_at=now + timedelta(seconds=request.ttl_seconds),
                created_at=now,
                version=1,
            )
            .on_conflict_do_nothing(constraint="reservation_key_once")
            .returning(ReservationRow.id)
        )
        fresh_id: str | None = (await work.session.execute(statement)).scalar_one_or_none()
        return fresh_id

    async def _hold(
        self,
        work: UnitOfWork,
        reservation_id: str,
        demand: Mapping[str, int],
        ship_to: str | None,
        *,
        allow_split: bool,
    ) -> list[ReservationLineData]:
        """Lock, choose warehouses, write lines and ledger. Raises InventoryFailure when anything is short."""
        stock = StockRepository(work.session)
        levels = await stock.lock_levels(demand.keys())
        warehouses = {row.id: row for row in await stock.all_warehouses()}
        positions = [
            position(level.variant_id, level.available, level.backorder_limit, warehouses[level.warehouse_id])
            for level in levels
        ]
        allocations, shortages = allocate(demand, positions, country=ship_to, allow_split=allow_split)
        if shortages:
            raise _insufficient(shortages, demand)
        work.session.add_all(_line(reservation_id, allocation) for allocation in allocations)
        movements = [Movement(a.variant_id, a.warehouse_id, reserved_delta=a.quantity) for a in allocations]
        posting = Posting(StockMovementType.RESERVATION, movements, reference=reservation_id)
        await post(work, self._clock, levels, posting)
        return [ReservationLineData(a.variant_id, a.warehouse_id, a.quantity) for a in allocations]

    async def _commit(self, reservation_id: str, order_id: str) -> ReservationRow:
        if not has_prefix(order_id, "ord"):
            raise InvalidInput("orderId is not the id of an order.", "orderId")
        async with unit_of_work(self._sessions, source=SOURCE, clock=self._clock) as work:
            stock = StockRepository(work.session)
            reservation = await _lock(stock, reservation_id)
            if reservation.status == ReservationStatus.COMMITTED.value and reservation.order_id == order_id:
                return reservation
            if reservation.status == ReservationStatus.EXPIRED.value:
                await self._hold_again(work, reservation)
            elif reservation.status != ReservationStatus.HELD.value:
                raise ReservationNotActive(reservation.status)
            reservation.status = ReservationStatus.COMMITTED.value
            reservation.order_id = order_id
            reservation.owner_ref = order_id
            reservation.expires_at = None
            reservation.version += 1
            lines = await stock.reservation_lines([reservation_id])
            await work.outbox.add(
                reservation_id,
                ReservationCommittedV1(ownerRef=order_id, orderId=order_id, lines=_line_data(lines)),
            )
            return reservation

    async def _hold_again(self, work: UnitOfWork, reservation: ReservationRow) -> None:
        lines = await StockRepository(work.session).reservation_lines([reservation.id])
        demand: dict[str, int] = {}
        for line in lines:
            demand[line.variant_id] = demand.get(line.variant_id, 0) + line.quantity
            await work.session.delete(line)
        await work.session.flush()
        try:
            await self._hold(work, reservation.id, demand, reservation.ship_to, allow_split=True)
        except InventoryFailure as failure:
            raise ReservationExpired from failure

    async def _release(self, reservation_id: str, reason: str | None) -> ReservationRow:
        async with unit_of_work(self._sessions, source=SOURCE, clock=self._clock) as work:
            reservation = await _lock(StockRepository(work.session), reservation_id)
            if reservation.status == ReservationStatus.CONSUMED.value:
                raise ReservationNotActive(reservation.status)
            if reservation.status in _OPEN:
                lines = await self._give_back(work, reservation, ReservationStatus.RELEASED, reason)
                data = ReservationReleasedV1(ownerRef=reservation.owner_ref, reason=reason, lines=lines)
                await work.outbox.add(reservation_id, data)
            return reservation

    async def _expire(self, reservation_id: str) -> int:
        async with unit_of_work(self._sessions, source=SOURCE, clock=self._clock) as work:
            reservation = await _lock(StockRepository(work.session), reservation_id)
            now = self._clock.now()
            if reservation.status != ReservationStatus.HELD.value or (reservation.expires_at or now) > now:
                return 0  # committed, released or extended since the list was read
            lines = await self._give_back(work, reservation, ReservationStatus.EXPIRED, "expired")
            await work.outbox.add(reservation_id, ReservationExpiredV1(ownerRef=reservation.owner_ref, lines=lines))
            return 1

    async def _give_back(
        self, work: UnitOfWork, reservation: ReservationRow, status: ReservationStatus, reason: str | None
    ) -> list[ReservationLineData]:
        stock = StockRepository(work.session)
        lines = await stock.reservation_lines([reservation.id])
        levels: Sequence[StockLevelRow] = await stock.lock_levels({line.variant_id for line in lines})
        movements = [Movement(line.variant_id, line.warehouse_id, reserved_delta=-line.quantity) for line in lines]
        posting = Posting(StockMovementType.RELEASE, movements, reference=reservation.id, reason=reason)
        await post(work, self._clock, levels, posting)
        reservation.status = status.value
        reservation.version += 1
        return _line_data(lines)


async def _lock(stock: StockRepository, reservation_id: str) -> ReservationRow:
    if not has_prefix(reservation_id, "rsv"):
        raise ReservationNotFound
    reservation = await stock.lock_reservation(reservation_id)
    if reservation is None:
        raise ReservationNotFound
    return reservation


async def _replay(stock: StockRepository, request: ReservationRequest, caller: str, key: str) -> ReservationRow:
    existing = await stock.reservation_by_key(caller, key)
    if existing is None or existing.input_hash != request.digest():
        raise IdempotencyKeyReused
    return existing


def _check(request: ReservationRequest, key: str) -> None:
    if not 1 <= len(key) <= MAX_KEY_LENGTH:
        raise InvalidInput(f"The key must have 1 to {MAX_KEY_LENGTH} characters.", "idempotencyKey")
    if not request.owner_ref:
        raise InvalidInput("ownerRef is empty.", "input", "ownerRef")
    if not 1 <= len(request.demand) <= MAX_LINES:
        raise InvalidInput(f"A reservation has 1 to {MAX_LINES} variants.", "input", "lines")
    if not 1 <= request.ttl_seconds <= MAX_TTL_SECONDS:
        raise InvalidInput(f"ttlSeconds must be between 1 and {MAX_TTL_SECONDS}.", "input", "ttlSeconds")
    for quantity in request.demand.values():
        if not 1 <= quantity <= MAX_QUANTITY:
            raise InvalidInput(f"A quantity must be between 1 and {MAX_QUANTITY}.", "input", "lines", "quantity")


def _insufficient(shortages: Sequence[Shortage], demand: Mapping[str, int]) -> InventoryFailure:
    return InventoryFailure(
        [
            InventoryProblem(
                code=InventoryErrorCode.INSUFFICIENT_STOCK,
                message=f"{shortage.available} of {demand[shortage.variant_id]} units are available.",
                field=("input", "lines"),
                variant_id=shortage.variant_id,
                available_quantity=shortage.available,
            )
            for shortage in shortages
        ]
    )


def _line(reservation_id: str, allocation: Allocation) -> ReservationLineRow:
    return ReservationLineRow(
        reservation_id=reservation_id,
        variant_id=allocation.variant_id,
        warehouse_id=allocation.warehouse_id,
        quantity=allocation.quantity,
        backordered=allocation.backordered,
    )


def _line_data(lines: Sequence[ReservationLineRow]) -> list[ReservationLineData]:
    return [ReservationLineData(line.variant_id, line.warehouse_id, line.quantity) for line in lines]
