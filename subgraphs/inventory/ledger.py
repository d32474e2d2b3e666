"""The one place that changes levels: each change is a ledger row, a level update and its events, in one transaction.

The levels of the variants concerned are locked before the first change and passed in, all of them, so that the
availability over all warehouses is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shared.clock import Clock
from shared.db import UnitOfWork
from shared.events.contracts.inventory import AvailabilityChangedV1, StockChangedV1
from shared.ids import new_id
from subgraphs.inventory.domain import AvailabilityStatus, StockMovementType, stock_status
from subgraphs.inventory.models import StockLevelRow, StockMovementRow


@dataclass(frozen=True, slots=True)
class Movement:
    """A change of one level, in units."""

    variant_id: str
    warehouse_id: str
    on_hand_delta: int = 0
    reserved_delta: int = 0


@dataclass(frozen=True, slots=True)
class Posting:
    """Movements of one kind that belong together; ``reference`` names what caused them."""

    kind: StockMovementType
    movements: Sequence[Movement]
    reference: str
    reason: str | None = None


async def post(work: UnitOfWork, clock: Clock, levels: Sequence[StockLevelRow], posting: Posting) -> None:
    """Apply ``posting`` to the locked ``levels`` of all its variants. Raises KeyError for an unknown level."""
    before = _statuses(levels)
    changed = _apply(work, clock, levels, posting)
    await work.session.flush()
    await _announce(work, levels, changed, posting.kind)
    await _announce_statuses(work, before, _statuses(levels))


def _apply(work: UnitOfWork, clock: Clock, levels: Sequence[StockLevelRow], posting: Posting) -> list[StockLevelRow]:
    by_place = {(level.variant_id, level.warehouse_id): level for level in levels}
    now = clock.now()
    changed: dict[str, StockLevelRow] = {}
    for movement in posting.movements:
        level = by_place[movement.variant_id, movement.warehouse_id]
        level.on_hand += movement.on_hand_delta
        level.reserved += movement.reserved_delta
        level.updated_at = now
        level.version += 1
        changed[level.id] = level
        work.session.add(
            StockMovementRow(
                id=new_id("mov"),
                type=posting.kind.value,
                variant_id=movement.variant_id,
                warehouse_id=movement.warehouse_id,
                on_hand_delta=movement.on_hand_delta,
                reserved_delta=movement.reserved_delta,
                reason=posting.reason,
                reference=posting.reference,
                actor_id=None,
                occurred_at=now,
            )
        )
    return list(changed.values())


async def _announce(
    work: UnitOfWork, levels: Sequence[StockLevelRow], changed: Sequence[StockLevelRow], kind: StockMovementType
) -> None:
    """Events in the order of the stock locks, which keeps the outbox's own row locks free of deadlocks."""
    for level in (row for row in levels if row in changed):
        await work.outbox.add(
            f"{level.variant_id}:{level.warehouse_id}",
            StockChangedV1(
                variantId=level.variant_id,
                warehouseId=level.warehouse_id,
                onHand=level.on_hand,
                reserved=level.reserved,
                available=level.available,
                movementType=kind.value,
            ),
        )


async def _announce_statuses(
    work: UnitOfWork,
    before: dict[str, tuple[AvailabilityStatus, int]],
    after: dict[str, tuple[AvailabilityStatus, int]],
) -> None:
    for variant_id in sorted(after):
        (old, _), (new, total) = before[variant_id], after[variant_id]
        if old is not new:
            await work.outbox.add(
                variant_id,
                AvailabilityChangedV1(
                    variantId=variant_id, totalAvailable=total, previousStatus=old.value, status=new.value
                ),
            )


def _statuses(levels: Sequence[StockLevelRow]) -> dict[str, tuple[AvailabilityStatus, int]]:
    """Status and total of each variant over all its warehouses, wherever the shopper is."""
    available: dict[str, int] = {}
    backorder: dict[str, int] = {}
    for level in levels:
        available[level.variant_id] = available.get(level.variant_id, 0) + max(0, level.available)
        spare = max(0, level.backorder_limit + min(0, level.available))
        backorder[level.variant_id] = backorder.get(level.variant_id, 0) + spare
    return {variant: (stock_status(total, backorder[variant]), total) for variant, total in available.items()}
