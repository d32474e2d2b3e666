"""Keeps one program running: started and probed, restarted with backoff when it ends, stopped on request.

A program that ends before it was healthy once has failed; later it is restarted for as long as the stack
lives. Probes block and therefore run on threads.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Final

from deploy.data_folder import DataFolder
from deploy.errors import EngineMissing, ProgramFailed
from deploy.program import NotReady, Probe, Program
from deploy.supervisor.console import Console
from deploy.supervisor.process import Process, spoken
from deploy.supervisor.records import ProcessRecord, Records, creation_time

_POLL_S: Final = 0.1
_BACKOFF_FIRST_S: Final = 0.25
_BACKOFF_LAST_S: Final = 10.0
_STEADY_S: Final = 30.0
"""A program that was healthy this long starts its backoff anew."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all programs of a stack share."""

    folder: DataFolder
    console: Console
    records: Records
    threads: Executor


class Keeper:
    """One program. `start` is called once, then `stop` once."""

    def __init__(self, program: Program, surroundings: Surroundings) -> None:
        self.program = program
        self._in = surroundings
        self._process: Process | None = None
        self._record: ProcessRecord | None = None
        self._keeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Return when the program is healthy. Raises `ProgramFailed`, `EngineMissing`."""
        program = self.program
        for attempt in range(1, program.start_attempts + 1):
            process = await self._spawn(restarts=0)
            reason = await self._until_ready(process)
            if reason is None:
                self._keeping = asyncio.create_task(self._keep_running(process))
                return
            await process.stop(program.stop_signal, program.grace_s)
            if attempt < program.start_attempts:
                await asyncio.sleep(_BACKOFF_FIRST_S * 2**attempt)
        log = self._in.folder.log_file(program.name)
        raise ProgramFailed(f"{program.name} did not start: {reason}; its last words: {process.last_line} (log: {log})")

    async def stop(self) -> None:
        """End the program, within its grace period or by force."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait([self._keeping])
        if self._process is not None:
            await self._process.stop(self.program.stop_signal, self.program.grace_s)

    def kill(self) -> None:
        """Cut the grace period short."""
        if self._process is not None:
            self._process.kill()

    async def _keep_running(self, process: Process) -> None:
        loop, note = asyncio.get_running_loop(), self._in.console.note
        name, backoff, restarts, healthy_since = self.program.name, _BACKOFF_FIRST_S, 0, loop.time()
        while True:
            status = await process.wait()
            if loop.time() - healthy_since > _STEADY_S:
                backoff = _BACKOFF_FIRST_S
            note(f"{name} ended with {spoken(status)} ({process.last_line}); starting it again in {backoff:g} s")
            self._note_state("restarting")
            await asyncio.sleep(backoff)
            backoff, restarts = min(2 * backoff, _BACKOFF_LAST_S), restarts + 1
            try:
                process = await self._spawn(restarts=restarts)
            except EngineMissing as problem:
                note(str(problem))
                continue
            if await self._until_ready(process) is None:
                healthy_since = loop.time()
                note(f"{name} is healthy again")
            else:
                await process.stop(self.program.stop_signal, self.program.grace_s)

    async def _spawn(self, *, restarts: int) -> Process:
        program = self.program

        def show(line: str) -> None:
            if not program.own_log:
                self._in.console.line(program.name, line)

        try:
            process = await Process.spawn(
                program.argv,
                folder=program.folder,
                environment=program.environment,
                stack_id=self._in.folder.stack_id,
                log_file=self._in.folder.log_file(program.name),
                on_line=show,
            )
        except OSError as error:
            raise EngineMissing(f"{program.name} cannot be run: {program.argv[0]}: {error.strerror}") from error
        self._process = process
        self._record = ProcessRecord(
            name=program.name,
            group=program.group,
            pid=process.pid,
            created=creation_time(process.pid),
            state="starting",
            restarts=restarts,
            ports=program.ports,
            health_url=program.health_url,
            stop_signal=program.stop_signal,
            grace_s=program.grace_s,
        )
        self._in.records.note(self._record)
        return process

    async def _until_ready(self, process: Process) -> str | None:
        """Probe until that succeeds; otherwise the reason why it never did."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.program.ready_within_s
        ended = asyncio.create_task(process.wait())
        try:
            while True:
                if self.program.probe is None:
                    await asyncio.wait([ended], timeout=self.program.settle_s)
                    reason = None
                else:
                    reason = await loop.run_in_executor(self._in.threads, _ask, self.program.probe)
                if ended.done():
                    return f"it ended with {spoken(ended.result())}"
                if reason is None:
                    self._note_state("healthy")
                    return None
                if loop.time() > deadline:
                    return f"it was not healthy after {self.program.ready_within_s:g} s ({reason})"
                await asyncio.wait([ended], timeout=_POLL_S)
        finally:
            ended.cancel()

    def _note_state(self, state: str) -> None:
        assert self._record is not None
        self._record = replace(self._record, state=state)
        self._in.records.note(self._record)


def _ask(probe: Probe) -> str | None:
    try:
        probe()
    except NotReady as reason:
        return str(reason)
    return None
