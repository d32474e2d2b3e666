"""Writing source text with indentation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Source:
    """Lines of Python; ``block`` indents what is written inside it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._depth = 0
        self._names = 0

    def line(self, text: str = "") -> None:
        """Add a line."""
        self._lines.append("    " * self._depth + text if text else "")

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """``head:`` and an indented block below it; ``pass`` when nothing is written."""
        self.line(f"{head}:")
        self._depth += 1
        before = len(self._lines)
        yield
        if len(self._lines) == before:
            self.line("pass")
        self._depth -= 1

    def name(self) -> str:
        """A local variable that the current function does not use yet."""
        self._names += 1
        return f"v{self._names}"

    def start_function(self) -> None:
        """Local variables start anew."""
        self._names = 0

    def text(self) -> str:
        """All lines."""
        return "\n".join(self._lines) + "\n"
