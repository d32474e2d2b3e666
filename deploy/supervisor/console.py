"""What the operator sees: prefixed log lines and notes; coloured on a terminal, plain text elsewhere."""

from __future__ import annotations

import sys
import zlib
from typing import Final

from rich.console import Console as RichConsole
from rich.text import Text

_COLOURS: Final = ("cyan", "green", "yellow", "blue", "magenta", "bright_cyan", "bright_green", "bright_blue")
_PREFIX_WIDTH: Final = 17


class Console:
    """One console for all programs of a stack."""

    def __init__(self) -> None:
        self._rich = RichConsole(file=sys.stdout, highlight=False, markup=False, soft_wrap=True)
        self._is_closed = False

    def note(self, text: str) -> None:
        """What the supervisor itself has to say."""
        self.line("stack", text)

    def line(self, program: str, text: str) -> None:
        """One line of a program's output."""
        colour = _COLOURS[zlib.crc32(program.encode()) % len(_COLOURS)]
        self._print(Text.assemble((f"{program:<{_PREFIX_WIDTH}} | ", colour), Text.from_ansi(text)))

    def urls(self, urls: tuple[tuple[str, str], ...]) -> None:
        """Where the healthy stack is."""
        width = max((len(label) for label, _ in urls), default=0)
        for label, url in urls:
            self._print(Text(f"  {label:<{width}}  {url}"))

    def _print(self, text: Text) -> None:
        """The stack outlives its reader: a closed terminal or pipe ends the output, not the programs."""
        if self._is_closed:
            return
        try:
            self._rich.print(text)
        except OSError:
            self._is_closed = True

    @property
    def terminal(self) -> RichConsole | None:
        """The terminal to draw on; None where there is none."""
        return self._rich if self._rich.is_terminal else None
