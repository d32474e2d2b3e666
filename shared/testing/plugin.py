"""The pytest plugin: fixtures that need nothing but this package. Engines come from ``tests/conftest.py``."""

from __future__ import annotations

import pytest

from shared.testing.clock import FakeClock

GATEWAY_SECRET = "test-secret-that-is-long-enough"  # noqa: S105 - signs requests between parts of one test


@pytest.fixture
def clock() -> FakeClock:
    """A clock that the test moves."""
    return FakeClock()


@pytest.fixture(scope="session")
def gateway_secret() -> str:
    """The HMAC secret that gateway and subgraphs share."""
    return GATEWAY_SECRET
