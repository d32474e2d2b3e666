"""What the operator sees: prefixed log lines, notes, one progress bar; plain text where there is no terminal."""

from __future__ import annotations

import sys
import zlib
from typing import Final

from rich.console import Console as RichConsole
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

_COLOURS: Final = ("cyan", "green", "yellow", "blue", "magenta", "bright_cyan", "bright_green", "bright_blue")
_PREFIX_WIDTH: Final = 17
_PLAIN_STEP: Final = 0.1
"""Without a terminal, progress is a line for every tenth of the whole."""


class Console:
    """One console for all programs of a stack."""

    def __init__(self) -> None:
        self._rich = RichConsole(file=sys.stdout, highlight=False, markup=False, soft_wrap=True)
        self._is_closed = False

    @property
    def is_terminal(self) -> bool:
        return self._rich.is_terminal

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

    def progress(self, title: str) -> ProgressBar:
        """A bar that appears with the first progress."""
        return ProgressBar(self, self._rich, title)


class ProgressBar:
    """The progress of several jobs as one bar, which never goes back though jobs announce further stages."""

    def __init__(self, console: Console, rich: RichConsole, title: str) -> None:
        self._console = console
        self._title = title
        self._stages: dict[tuple[str, str], tuple[int, int]] = {}
        self._shown = 0.0
        self._bar = (
            Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.percentage:>3.0f} %"),
                TimeElapsedColumn(),
                TextColumn("{task.fields[stage]}"),
                console=rich,
            )
            if rich.is_terminal
            else None
        )
        self._task: TaskID | None = None

    def advance(self, job: str, stage: str, done: int, total: int) -> None:
        """``done`` of ``total`` units of a job's stage are finished."""
        self._begin()
        self._stages[job, stage] = (min(done, total), total)
        finished = sum(done for done, _ in self._stages.values()) / max(
            1, sum(total for _, total in self._stages.values())
        )
        if self._bar is not None and self._task is not None:
            self._shown = max(self._shown, finished)
            self._bar.update(self._task, completed=self._shown, stage=f"{job} {stage} {done:,}/{total:,}")
        elif finished >= self._shown + _PLAIN_STEP:
            self._shown = finished
            self._console.note(f"{self._title}: {finished:.0%} ({job} {stage} {done:,}/{total:,})")

    def finish(self, *, completed: bool) -> None:
        """Take the bar away; ``completed`` is False if a job failed. Does nothing if no job has shown progress."""
        if self._bar is not None and self._task is not None:
            if completed:
                self._bar.update(self._task, completed=1.0, stage="")
            self._bar.stop()
        if completed and self._stages:
            self._console.note(f"{self._title}: done")

    def _begin(self) -> None:
        if self._bar is not None and self._task is None:
            self._bar.start()
            self._task = self._bar.add_task(self._title, total=1.0, stage="")
