"""The progress of all loading jobs as one bar on a terminal, or as a line for every tenth elsewhere."""

from __future__ import annotations

from typing import Final

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from deploy.supervisor.console import Console

_PLAIN_STEP: Final = 0.1


class ProgressBar:
    """Each of the ``expected`` jobs is an equal share; the bar never goes back when a job announces a further stage."""

    def __init__(self, console: Console, title: str, *, expected: int) -> None:
        self._console = console
        self._title = title
        self._expected = max(1, expected)
        self._stages: dict[str, dict[str, tuple[int, int]]] = {}
        self._completed: set[str] = set()
        self._shown = 0.0
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def advance(self, job: str, stage: str, done: int, total: int) -> None:
        """``done`` of ``total`` units of a job's stage are finished."""
        self._stages.setdefault(job, {})[stage] = (min(done, total), total)
        self._show(f"{job} {stage} {done:,}/{total:,}")

    def complete(self, job: str) -> None:
        """A job has ended."""
        self._completed.add(job)
        self._show(job)

    def finish(self, *, completed: bool) -> None:
        """Take the bar away; ``completed`` is False if a job failed. Does nothing if no job was shown."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        if completed and self._completed:
            self._console.note(f"{self._title}: done")

    def _show(self, stage: str) -> None:
        finished = sum(map(self._share, self._stages.keys() | self._completed)) / self._expected
        if (terminal := self._console.terminal) is not None:
            if self._bar is None:
                columns = (BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn())
                self._bar = Progress(
                    TextColumn("{task.description}"), *columns, TextColumn("{task.fields[stage]}"), console=terminal
                )
                self._task = self._bar.add_task(self._title, total=1.0, stage=stage)
                self._bar.start()
            self._shown = max(self._shown, finished)
            self._bar.update(self._task, completed=self._shown, stage=stage)
        elif finished >= self._shown + _PLAIN_STEP:
            self._shown = finished
            self._console.note(f"{self._title}: {finished:.0%} ({stage})")

    def _share(self, job: str) -> float:
        if job in self._completed:
            return 1.0
        stages = self._stages[job].values()
        return sum(done for done, _ in stages) / max(1, sum(total for _, total in stages))
