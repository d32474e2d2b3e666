"""Reads single definitions out of a supergraph's text."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def definition():
    """``definition(text, "type A")`` is the definition that begins so, on one line."""

    def find(text: str, head: str) -> str:
        found = [
            part
            for part in text.split("\n\n")
            if any(line.startswith((f"{head} ", f"{head}\n")) or line == head for line in part.split("\n"))
        ]
        assert len(found) == 1, f"{head}: {len(found)} in\n{text}"
        return " ".join(found[0].split())

    return find
