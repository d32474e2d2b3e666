"""Runs the jobs of a start, a few at a time, and shows the progress that they print.

A job reports progress as lines ``progress <stage> <done> <total>`` on its standard output.
"""

from __future__ import annotations

import asyncio
import signal
from typing import Final

from deploy.errors import EngineMissing, JobFailed
from deploy.program import Job
from deploy.supervisor.keeper import Surroundings
from deploy.supervisor.process import Process, spoken
from deploy.supervisor.progress import ProgressBar

_AT_ONCE: Final = 2
_GRACE_S: Final = 5.0


class JobRunner:
    """All jobs of one start; their progress is one bar."""

    def __init__(self, surroundings: Surroundings, *, showing: int) -> None:
        """``showing`` is the number of jobs that print progress."""
        self._in = surroundings
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._bar = ProgressBar(surroundings.console, "Loading the demo catalogue", expected=showing)

    async def run(self, job: Job) -> None:
        """Run a job to its end; a cancelled one is stopped. Raises `JobFailed`, `EngineMissing`."""
        async with self._slots:
            process = await self._spawn(job)
            try:
                status = await process.wait()
            except asyncio.CancelledError:
                await process.stop(signal.SIGTERM, _GRACE_S)
                raise
        if job.shows_progress:
            self._bar.complete(job.name)
        if status != 0:
            log = self._in.folder.log_file(job.name)
            raise JobFailed(f"{job.name} ended with {spoken(status)}: {process.last_line} (log: {log})")

    def finish(self, *, completed: bool) -> None:
        """All jobs are done, or the start has failed."""
        self._bar.finish(completed=completed)

    async def _spawn(self, job: Job) -> Process:
        def show(line: str) -> None:
            match line.split():
                case ["progress", stage, done, total] if job.shows_progress and done.isdigit() and total.isdigit():
                    self._bar.advance(job.name, stage, int(done), int(total))
                case _:
                    self._in.console.line(job.name, line)

        try:
            return await Process.spawn(
                job.argv,
                folder=job.folder,
                environment=job.environment,
                stack_id=self._in.folder.stack_id,
                log_file=self._in.folder.log_file(job.name),
                on_line=show,
            )
        except OSError as error:
            raise EngineMissing(f"{job.name} cannot be run: {job.argv[0]}: {error.strerror}") from error
