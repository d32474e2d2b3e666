"""Starts the programs and jobs of a stack in dependency order, and stops the programs in the reverse order."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from deploy.data_folder import DataFolder
from deploy.errors import StackError
from deploy.program import Job, Program
from deploy.stack import Stack
from deploy.supervisor.console import Console
from deploy.supervisor.jobs import JobRunner
from deploy.supervisor.keeper import Keeper, Surroundings
from deploy.supervisor.records import Records

_PROBE_THREADS: Final = 32


class Supervisor:
    """The processes of one data folder. `start` is called once, then `stop` once."""

    def __init__(self, folder: DataFolder, console: Console) -> None:
        self._threads = ThreadPoolExecutor(_PROBE_THREADS, thread_name_prefix="probe")
        self._surroundings = Surroundings(folder, console, Records(folder), self._threads)
        self._keepers: list[Keeper] = []

    async def start(self, stack: Stack) -> None:
        """Run the jobs and bring every program to health, each as soon as what it needs is there.

        Raises `StackError`; whatever was started by then still runs and must be stopped.
        """
        names = [program.name for program in stack.programs] + [job.name for job in stack.jobs]
        done = {name: asyncio.Event() for name in names}
        jobs = JobRunner(self._surroundings, showing=sum(job.shows_progress for job in stack.jobs))
        completed = False
        try:
            async with asyncio.TaskGroup() as group:
                for program in stack.programs:
                    group.create_task(self._start_program(program, done))
                for job in stack.jobs:
                    group.create_task(_run_job(jobs, job, done))
            completed = True
        except* StackError as problems:
            raise _first(problems) from None
        finally:
            jobs.finish(completed=completed)

    async def stop(self) -> None:
        """Stop every program once all that depend on it are gone, and forget them."""
        gone = {keeper.program.name: asyncio.Event() for keeper in self._keepers}
        async with asyncio.TaskGroup() as group:
            for keeper in self._keepers:
                group.create_task(self._stop_program(keeper, gone))
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._surroundings.records.clear()

    def kill(self) -> None:
        """End every program at once; `stop` must still be called."""
        for keeper in self._keepers:
            keeper.kill()

    async def _start_program(self, program: Program, done: dict[str, asyncio.Event]) -> None:
        for name in program.after:
            await done[name].wait()
        keeper = Keeper(program, self._surroundings)
        self._keepers.append(keeper)
        await keeper.start()
        done[program.name].set()

    async def _stop_program(self, keeper: Keeper, gone: dict[str, asyncio.Event]) -> None:
        for other in self._keepers:
            if keeper.program.name in other.program.after:
                await gone[other.program.name].wait()
        await keeper.stop()
        gone[keeper.program.name].set()


async def _run_job(jobs: JobRunner, job: Job, done: dict[str, asyncio.Event]) -> None:
    for name in job.after:
        await done[name].wait()
    await jobs.run(job)
    done[job.name].set()


def _first(problems: BaseExceptionGroup[StackError]) -> StackError:
    """The problem that came first: the others are cancelled with it, so there is hardly ever a second."""
    problem = problems.exceptions[0]
    return _first(problem) if isinstance(problem, BaseExceptionGroup) else problem
