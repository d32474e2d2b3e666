"""One operating-system process of a stack: started in a session of its own, read line by line, stopped as a group."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import closing
from io import FileIO
from pathlib import Path
from typing import Final

MARKER: Final = "AGORA_STACK"
"""Environment variable that names the stack; inherited by whatever a program starts."""

_LINE_LIMIT: Final = 8_000
_KEPT_LINES: Final = 20
_LOG_LIMIT_BYTES: Final = 20_000_000
_WAIT_AFTER_KILL_S: Final = 5.0


class Process:
    """A running process whose output is copied to its log file and, line by line, to a callback."""

    def __init__(
        self, process: asyncio.subprocess.Process, output: FileIO, log_file: Path, on_line: Callable[[str], None]
    ) -> None:
        self._process = process
        self._on_line = on_line
        self._last_lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._reading = asyncio.create_task(self._copy_output(output, log_file))

    @classmethod
    async def spawn(
        cls,
        argv: tuple[str, ...],
        *,
        folder: Path,
        environment: Mapping[str, str],
        stack_id: str,
        log_file: Path,
        on_line: Callable[[str], None],
    ) -> Process:
        """Start a process. Raises OSError if the binary cannot be run."""
        _rotate(log_file)
        read_end, write_end = os.pipe()  # not asyncio's: its wait() lasts until grandchildren close theirs too
        try:
            process = await asyncio.create_subprocess_exec(
                *argv,
                cwd=folder,
                env={**environment, MARKER: stack_id},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=write_end,
                stderr=write_end,
                start_new_session=True,
            )
        except BaseException:
            os.close(read_end)
            raise
        finally:
            os.close(write_end)
        return cls(process, os.fdopen(read_end, "rb", buffering=0), log_file, on_line)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def last_line(self) -> str:
        """The last line of output with something in it, to tell why the process ended."""
        return next((line for line in reversed(self._last_lines) if line.strip()), "no output").strip()

    async def wait(self) -> int:
        """The exit status, negative for a signal, once the process and all of its group are gone."""
        status = await self._process.wait()
        self._signal_group(signal.SIGKILL)
        await asyncio.wait([self._reading])  # not awaited itself: whoever waits here may be cancelled
        return status

    async def stop(self, first: signal.Signals, grace_s: float) -> None:
        """Ask the process to end; kill its group when it has not within the grace period."""
        if self._process.returncode is None:
            self._process.send_signal(first)
        try:
            async with asyncio.timeout(grace_s):
                await self._process.wait()
        except TimeoutError:
            self._signal_group(signal.SIGKILL)
        await self.wait()

    def kill(self) -> None:
        """End the process and its group at once; `wait` still returns its status."""
        if self._process.returncode is None:
            self._signal_group(signal.SIGKILL)

    def _signal_group(self, number: signal.Signals) -> None:
        try:
            os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            return  # the group is empty, or its number has been given to another user's

    async def _copy_output(self, output: FileIO, log_file: Path) -> None:
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), output
        )
        rest = b""
        with closing(transport), log_file.open("ab", buffering=0) as log:
            while chunk := await reader.read(65_536):
                log.write(chunk)
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    self._show(line)
                if len(rest) > _LINE_LIMIT:
                    self._show(rest)
                    rest = b""
        if rest:
            self._show(rest)

    def _show(self, line: bytes) -> None:
        text = line[:_LINE_LIMIT].decode("utf-8", "replace").rstrip()
        self._last_lines.append(text)
        self._on_line(text)


def spoken(status: int) -> str:
    """An exit status in words."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def _rotate(log_file: Path) -> None:
    """Keep one earlier file, so that logs stay bounded over many starts."""
    if log_file.exists() and log_file.stat().st_size > _LOG_LIMIT_BYTES:
        log_file.replace(log_file.with_suffix(".log.1"))
