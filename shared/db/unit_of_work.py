"""The one place that commits.

``async with unit_of_work(sessions, source="/orders", clock=clock) as work:`` runs one transaction: domain rows through
``work.session``, events through ``work.outbox``. Leaving the block commits both together; any exception rolls both
back. One mutation field is one unit of work.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from shared.clock import Clock
from shared.db.engine import Sessions
from shared.events.outbox import Outbox

T = TypeVar("T")

_RETRYABLE_SQLSTATES: Final = ("40001", "40P01")  # serialization failure, deadlock: the transaction did nothing
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One open transaction and the outbox that is written with it."""

    session: AsyncSession
    outbox: Outbox


@asynccontextmanager
async def unit_of_work(sessions: Sessions, *, source: str, clock: Clock) -> AsyncIterator[UnitOfWork]:
    """One transaction; ``source`` is the CloudEvents source of its events, for example ``/orders``."""
    async with sessions() as session, session.begin():
        outbox = Outbox(session, source=source, clock=clock)
        yield UnitOfWork(session=session, outbox=outbox)
        await session.flush()
        await outbox.wake_relay()


async def retry_transaction(work: Callable[[], Awaitable[T]]) -> T:
    """Run ``work``, a whole transaction, again when the database gave it up for another one."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return await work()
        except DBAPIError as error:
            if attempt == _ATTEMPTS or not is_retryable(error):
                raise
        await asyncio.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, not a secret
    raise AssertionError("unreachable")


def is_retryable(error: DBAPIError) -> bool:
    """True for a serialization failure or a deadlock."""
    return sqlstate(error) in _RETRYABLE_SQLSTATES


def sqlstate(error: DBAPIError) -> str | None:
    """The five-character SQLSTATE of a database error."""
    return getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
