"""The two ways off the compiled path: before a plan is compiled, and while a compiled plan runs."""

from __future__ import annotations

from typing import Final

import msgspec


class NotCompilable(Exception):
    """The plan needs something that only the general path does; the text says what, for people who read plans."""


class HandOver(Exception):
    """An execution met something unusual; the general path goes on with the answers received so far."""


UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)
"""What decoding an answer raises when it is not what the plan expects."""
