"""The command line of a subgraph: ``python -m subgraphs.<domain> serve|worker|migrate|seed|sdl``."""

from __future__ import annotations

import argparse
import asyncio
import gc
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import asyncpg
import uvicorn
import uvloop
from aio_pika.exceptions import AMQPError
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from shared.db.demo_load import OtherSizeLoaded
from shared.db.migrations import migrate
from shared.db.urls import InvalidDatabaseUrl
from shared.settings import InvalidSettings, SubgraphSettings, load_settings
from shared.telemetry import configure_logging

S = TypeVar("S", bound=SubgraphSettings)

GRACEFUL_SHUTDOWN_SECONDS = 10
_EXPECTED_ERRORS = (
    InvalidSettings,
    InvalidDatabaseUrl,
    OtherSizeLoaded,
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    SQLAlchemyError,
    AMQPError,
)


@dataclass(frozen=True, slots=True)
class SeedRequest:
    """Load demo data of ``size`` SKUs; ``reset`` wipes first. ``progress(stage, done, total)`` reports rows."""

    size: int
    reset: bool
    progress: Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubgraphProgram(Generic[S]):
    """What the commands of one subgraph run."""

    name: str
    settings: type[S]
    migrations: Path
    sdl: Callable[[], str]
    app: Callable[[S], Starlette]
    worker: Callable[[S], Coroutine[Any, Any, None]]
    seed: Callable[[S, SeedRequest], Awaitable[None]]


def run_program(program: SubgraphProgram[S], arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. What can go wrong outside of us is one line on stderr."""
    options = _parser(program.name).parse_args(arguments)
    if options.command == "sdl":
        print(program.sdl())  # noqa: T201 - the command's output
        return 0
    try:
        settings = load_settings(program.settings)
        configure_logging(level=settings.log_level, log_format=settings.log_format)
        return _run(program, settings, options)
    except _EXPECTED_ERRORS as error:
        print(f"{program.name} {options.command}: {_one_line(error)}", file=sys.stderr)  # noqa: T201
        return 1


def _run(program: SubgraphProgram[S], settings: S, options: argparse.Namespace) -> int:
    match options.command:
        case "serve":
            return _serve(program, settings)
        case "worker":
            uvloop.run(program.worker(settings))
        case "migrate":
            asyncio.run(migrate(settings.database, program.migrations))
        case "seed":
            request = SeedRequest(size=options.size, reset=options.reset, progress=_print_progress)
            asyncio.run(_seed(program, settings, request))
    return 0


async def _seed(program: SubgraphProgram[S], settings: S, request: SeedRequest) -> None:
    await program.seed(settings, request)


def _serve(program: SubgraphProgram[S], settings: S) -> int:
    listener = _listen(settings.host, settings.port)
    config = uvicorn.Config(
        program.app(settings),
        loop="uvloop",
        http="httptools",
        lifespan="on",
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=GRACEFUL_SHUTDOWN_SECONDS,
    )
    gc.collect()
    gc.freeze()
    uvicorn.Server(config).run(sockets=[listener])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise OSError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    listener.set_inheritable(True)
    return listener


def _print_progress(stage: str, done: int, total: int) -> None:
    print(f"progress {stage} {done} {total}", flush=True)  # noqa: T201 - read by the supervisor


def _one_line(error: BaseException) -> str:
    text = str(getattr(error, "orig", None) or error) or type(error).__name__
    return " ".join(text.split())[:500]


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m subgraphs.{name}", description=f"The {name} subgraph.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("serve", help="answer GraphQL over HTTP")
    commands.add_parser("worker", help="relay events, consume events, run background work")
    commands.add_parser("migrate", help="bring the database to the newest revision")
    commands.add_parser("sdl", help="print the federation schema")
    seed = commands.add_parser("seed", help="load the demo data")
    seed.add_argument("--size", type=_positive, default=1_000, help="number of SKUs (default: 1000)")
    seed.add_argument("--reset", action="store_true", help="wipe this subgraph's data first")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value
