"""GraphQL over WebSocket, the graphql-transport-ws protocol: all operations, not only subscriptions.

Spec: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from gateway.authentication import Authenticator
from gateway.authorization.caller import ANONYMOUS_CALLER, Caller
from gateway.engine import Engine
from gateway.errors import ErrorCode, RequestRefused, refusal
from gateway.executor.transport import Headers
from gateway.graphql_request import GraphQLRequest
from gateway.http.caller import forwarded_headers, identify
from gateway.http.read_request import RequestForm
from gateway.http.request_document import document_of
from gateway.incremental_delivery import IncrementalForm

_log = logging.getLogger(__name__)

SUBPROTOCOL: Final = "graphql-transport-ws"


@dataclass(frozen=True, slots=True)
class WebSocketOptions:
    """``origins`` may connect from a browser besides the gateway's own."""

    origins: frozenset[str]
    forwarded_headers: tuple[str, ...]
    max_message_bytes: int
    max_subscriptions: int
    init_timeout_seconds: float


class CloseConnection(Exception):
    """The client broke the protocol; code and reason are the protocol's."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class _Message(msgspec.Struct):
    type: str
    id: str | None = None
    payload: Any = None


class GraphQLWebSocket:
    """Serves connections."""

    def __init__(self, engine: Engine, authenticator: Authenticator, options: WebSocketOptions) -> None:
        self._engine = engine
        self._authenticator = authenticator
        self._options = options

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from handshake to close."""
        if not _is_allowed_origin(socket, self._options.origins):
            await socket.close(4403, "Forbidden")
            return
        if SUBPROTOCOL not in socket.scope.get("subprotocols", ()):
            await socket.accept()
            await socket.close(4406, "Subprotocol not acceptable")
            return
        await socket.accept(SUBPROTOCOL)
        connection = _Connection(socket, self._engine, self._authenticator, self._options)
        try:
            await connection.run()
        except CloseConnection as close:
            await socket.close(close.code, close.reason)
        except WebSocketDisconnect:
            return
        finally:
            connection.stop()


def _is_allowed_origin(socket: WebSocket, origins: frozenset[str]) -> bool:
    """A browser tells the page's origin; other clients tell none. The same-origin policy does not cover WebSockets."""
    origin = socket.headers.get("origin")
    return origin is None or origin in origins or urlsplit(origin).netloc == socket.headers.get("host")


class _Connection:
    def __init__(
        self, socket: WebSocket, engine: Engine, authenticator: Authenticator, options: WebSocketOptions
    ) -> None:
        self._socket = socket
        self._engine = engine
        self._authenticator = authenticator
        self._options = options
        self._headers: Headers = forwarded_headers(socket.headers, options.forwarded_headers)
        self._caller: Caller = ANONYMOUS_CALLER
        self._running: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        await self._initialize()
        while True:
            message = await self._receive()
            match message.type:
                case "subscribe":
                    self._subscribe(message)
                case "complete":
                    task = self._running.pop(message.id or "", None)
                    if task is not None:
                        task.cancel()
                case "ping":
                    await self._send(_reply("pong", message))
                case "pong":
                    continue
                case "connection_init":
                    raise CloseConnection(4429, "Too many initialisation requests")
                case _:
                    raise CloseConnection(4400, "Unknown message type")

    def stop(self) -> None:
        for task in self._running.values():
            task.cancel()

    async def _initialize(self) -> None:
        try:
            async with asyncio.timeout(self._options.init_timeout_seconds):
                while (message := await self._receive()).type == "ping":
                    await self._send(_reply("pong", message))
        except TimeoutError:
            raise CloseConnection(4408, "Connection initialisation timeout") from None
        if message.type != "connection_init":
            raise CloseConnection(4401, "Unauthorized")
        try:
            self._caller = await identify(self._authenticator, _authorization(message.payload, self._socket))
        except RequestRefused:
            raise CloseConnection(4403, "Forbidden") from None
        await self._send({"type": "connection_ack"})

    def _subscribe(self, message: _Message) -> None:
        if not message.id:
            raise CloseConnection(4400, "Subscribe needs an id")
        if message.id in self._running:
            raise CloseConnection(4409, f"Subscriber for {message.id[:64]} already exists")
        if len(self._running) >= self._options.max_subscriptions:
            raise CloseConnection(4429, "Too many subscriptions")
        try:
            form = msgspec.convert(message.payload, RequestForm)
        except msgspec.ValidationError:
            raise CloseConnection(4400, "Invalid subscribe payload") from None
        self._running[message.id] = asyncio.create_task(self._execute(message.id, form))

    async def _execute(self, id_: str, form: RequestForm) -> None:
        """Every operation ends with ``complete`` or ``error``, unless the client ended it or left."""
        try:
            last = await self._run_operation(id_, form)
            # The client may use the id again as soon as it reads the last message.
            self._forget(id_)
            await self._send(last)
        except WebSocketDisconnect:
            _log.debug("the client left during an operation")
        finally:
            self._forget(id_)

    async def _run_operation(self, id_: str, form: RequestForm) -> dict[str, Any]:
        """Send what the operation answers; the message that ends it is returned."""
        try:
            request = GraphQLRequest(
                document=document_of(form),
                operation_name=form.operation_name,
                variables=form.variables or {},
                extensions=form.extensions or {},
                caller=self._caller,
                headers=self._headers,
            )
            await self._answer(id_, request)
        except RequestRefused as refused:
            return _error(id_, refused)
        except WebSocketDisconnect:
            raise
        except Exception:  # noqa: BLE001 - the edge: a defect must not leave the client waiting
            _log.exception("an operation failed inside the gateway")
            return _error(id_, refusal(ErrorCode.INTERNAL, "The gateway failed to answer."))
        return {"id": id_, "type": "complete"}

    def _forget(self, id_: str) -> None:
        if self._running.get(id_) is asyncio.current_task():
            del self._running[id_]

    async def _answer(self, id_: str, request: GraphQLRequest) -> None:
        if not self._engine.answers_in_parts(request):
            await self._next(id_, (await self._engine.execute(request)).body)
            return
        async for part in self._engine.stream(request, IncrementalForm.CURRENT):
            await self._next(id_, part)

    async def _next(self, id_: str, body: bytes) -> None:
        await self._send({"id": id_, "type": "next", "payload": msgspec.Raw(body)})

    async def _receive(self) -> _Message:
        event = await self._socket.receive()
        if event["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(event.get("code", 1005))
        text = event.get("text")
        if text is None:
            raise CloseConnection(4400, "Messages are text")
        if len(text) > self._options.max_message_bytes:
            raise CloseConnection(4400, "Message too large")
        try:
            return msgspec.json.decode(text, type=_Message)
        except (msgspec.MsgspecError, RecursionError):
            raise CloseConnection(4400, "Invalid message") from None

    async def _send(self, message: Mapping[str, Any]) -> None:
        try:
            await self._socket.send_text(msgspec.json.encode(message).decode())
        except RuntimeError as error:
            # What Starlette raises when the connection was closed in between.
            raise WebSocketDisconnect from error


def _error(id_: str, refused: RequestRefused) -> dict[str, Any]:
    return {"id": id_, "type": "error", "payload": [error.to_json() for error in refused.errors]}


def _reply(kind: str, message: _Message) -> dict[str, Any]:
    return {"type": kind} if message.payload is None else {"type": kind, "payload": message.payload}


def _authorization(payload: Any, socket: WebSocket) -> str | None:
    """The token in the payload of ``connection_init`` (also under ``headers``), or in the handshake's header."""
    if isinstance(payload, dict):
        headers = payload.get("headers")
        for values in (payload, headers if isinstance(headers, dict) else {}):
            for name, value in values.items():
                if str(name).lower() == "authorization" and isinstance(value, str):
                    return value
    return socket.headers.get("authorization")
