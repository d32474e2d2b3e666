"""Whether an engine can be used, asked the way a client would: connect, authenticate, one cheap request."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
from urllib.parse import urlsplit

import aio_pika
import asyncpg
import redis

from deploy.program import NotReady

_TIMEOUT_S = 3.0


def probe_postgres(url: str) -> None:
    """Open a session on the server's ``postgres`` database, whichever the URL names. Raises `NotReady`."""
    asyncio.run(_connect_postgres(urlsplit(url)._replace(path="/postgres").geturl()))


async def _connect_postgres(url: str) -> None:
    try:
        connection = await asyncpg.connect(url, timeout=_TIMEOUT_S)
        await connection.close()
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise NotReady(str(error) or type(error).__name__) from error


def probe_redis(url: str) -> None:
    """Send PING. Raises `NotReady`."""
    try:
        client = redis.Redis.from_url(url, socket_connect_timeout=_TIMEOUT_S, socket_timeout=_TIMEOUT_S)
        client.ping()
        client.close()
    except (redis.RedisError, OSError, ValueError) as error:
        raise NotReady(str(error) or type(error).__name__) from error


def probe_typesense(url: str, api_key: str) -> None:
    """Ask for its health, then for a resource that only the right key may read. Raises `NotReady`."""
    _get_json(url, "/health", {})
    _get_json(url, "/collections", {"X-TYPESENSE-API-KEY": api_key})


def probe_amqp(url: str) -> None:
    """Open a connection to the URL's virtual host. Raises `NotReady`."""
    parts = urlsplit(url)
    probe_tcp(parts.port or 5672, parts.hostname or "")  # the client would log each refused connection as an error
    asyncio.run(_connect_amqp(url))


async def _connect_amqp(url: str) -> None:
    try:
        connection = await aio_pika.connect(url, timeout=_TIMEOUT_S)
        await connection.close()
    except (OSError, aio_pika.exceptions.AMQPError, ValueError) as error:
        raise NotReady(str(error) or type(error).__name__) from error


def probe_tcp(port: int, host: str = "127.0.0.1") -> None:
    """Open a connection and close it again. Raises `NotReady`."""
    try:
        socket.create_connection((host, port), timeout=_TIMEOUT_S).close()
    except OSError as error:
        raise NotReady(str(error)) from error


def probe_http(url: str) -> None:
    """GET the address and expect 200. Raises `NotReady` with the status and the start of the body."""
    parts = urlsplit(url)
    _get_json(f"{parts.scheme}://{parts.netloc}", parts.path or "/", {})


def _get_json(url: str, path: str, headers: dict[str, str]) -> None:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT_S)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read(2_000)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotReady(str(error) or type(error).__name__) from error
    if answer.status != 200:
        raise NotReady(f"answers {answer.status} {_summary(body)}".rstrip())


def _summary(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body))[:200]
    except ValueError:
        return body.decode("utf-8", "replace")[:200]
