"""Password hashing: argon2id at the OWASP parameters, bounded, off the event loop.

One verification takes tens of milliseconds of CPU and 19 MiB. ``PasswordHasher`` lets at most ``concurrency`` of
them run at once and refuses when too many wait, so that a flood of sign-ins slows sign-ins and nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

import argon2

from shared.errors import RateLimited

# OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane.
_HASHER: Final = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_UNKNOWN_USER_HASH: Final = _HASHER.hash("no account has this password")


class PasswordHasher:
    """Hashes and verifies passwords in a pool of ``concurrency`` threads; at most ``max_waiting`` may queue."""

    def __init__(self, *, concurrency: int = 2, max_waiting: int = 100) -> None:
        self._pool = ThreadPoolExecutor(concurrency, thread_name_prefix="argon2")
        self._free = concurrency + max_waiting

    async def hash(self, password: str) -> str:
        """The encoded hash. Raises RateLimited when too many calls wait."""
        with self._place():
            return await asyncio.get_running_loop().run_in_executor(self._pool, hash_password, password)

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether ``password`` belongs to ``stored``; without an account the same work is done, for the same time."""
        with self._place():
            matches = await asyncio.get_running_loop().run_in_executor(
                self._pool, _matches, stored or _UNKNOWN_USER_HASH, password
            )
        return matches and stored is not None

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    @contextmanager
    def _place(self) -> Iterator[None]:
        """A place in the bounded queue."""
        if self._free <= 0:
            raise RateLimited("Too many people are signing in. Try again in a moment.", retry_after_seconds=2)
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


def hash_password(password: str) -> str:
    """The encoded hash, made by the calling thread."""
    return _HASHER.hash(password)


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except argon2.exceptions.VerifyMismatchError:
        return False
