"""Subgraphs that answer wrongly: what stands between a world's subgraphs and the gateway damages some answers."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from typing import Any, Final

from gateway.executor.transport import (
    SubgraphRequest,
    SubgraphResponse,
    Transport,
    TransportError,
    TransportErrorKind,
)

JSON: Final = (("content-type", "application/json"),)
NO_ANSWERS: Final = (
    b"",
    b"null",
    b"[]",
    b"<html>",
    b"{",
    b'{"data":null}',
    b'{"data":[]}',
    b'{"data":{}}',
    b'{"data":{"_entities":null}}',
    b'{"errors":1}',
    b'{"errors":[]}',
    b'{"errors":[1,{"message":2,"path":3}]}',
    b'{"data":{"_entities":[null,null,null,null,null,null,null]},"data":{}}',
)
PATHS: Final[tuple[Any, ...]] = (
    None,
    [],
    ["x"],
    ["_entities"],
    ["_entities", 0, "f0"],
    ["_entities", 99],
    ["e0", 0, 1],
)


class DamagingTransport:
    """Passes requests on and damages a ``share`` of the answers: the same answer to the same request.

    ``made`` counts the requests. Another ``seed`` begins anew.
    """

    def __init__(self, transport: Transport, seed: int = 0, share: float = 0.0) -> None:
        self._transport = transport
        self._share = share
        self._answers: dict[tuple[str, bytes], SubgraphResponse | TransportError] = {}
        self.begin(seed)

    def begin(self, seed: int) -> None:
        """Forget all answers."""
        self._seed = seed
        self._answers.clear()
        self.made: Counter[tuple[str, bytes]] = Counter()

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        """As ``Transport.send``."""
        call = (request.url, request.body)
        self.made[call] += 1
        if call not in self._answers:
            text = b"%d %b %b" % (self._seed, request.url.encode(), request.body)
            rng = random.Random(hashlib.sha256(text).digest())  # noqa: S311 - reproducible, not secret
            response = await self._transport.send(request)
            self._answers[call] = damaged(response, rng) if rng.random() < self._share else response
        answer = self._answers[call]
        if isinstance(answer, TransportError):
            raise answer
        return answer

    async def close(self) -> None:
        """Nothing is open."""


def damaged(response: SubgraphResponse, rng: random.Random) -> SubgraphResponse | TransportError:
    """A way in which an answer can be wrong."""
    body = response.body
    match rng.randrange(14):
        case 0:
            return TransportError(rng.choice(list(TransportErrorKind)), "gone")
        case 1 | 2:
            return SubgraphResponse(200, JSON, rng.choice(NO_ANSWERS))
        case 3:
            return SubgraphResponse(200, JSON, body[: rng.randrange(len(body))])
        case 4:
            return SubgraphResponse(200, JSON, body.replace(b'"__typename":"', b'"__typename":"X', 1))
        case 5:
            error = {"message": "no", "path": rng.choice(PATHS), "extensions": {"code": "NOT_FOUND"}}
            return SubgraphResponse(200, JSON, json.dumps({**json.loads(body), "errors": [error]}).encode())
        case 6:
            failed = json.dumps({"errors": [{"message": "no"}], "extensions": {"x": 1}}).encode()
            return SubgraphResponse(rng.choice((200, 400, 500)), JSON, rng.choice((failed, body)))
        case 7:
            html = (("content-type", "text/html"),)
            return SubgraphResponse(rng.choice((200, 404, 502)), html, rng.choice((b"<html>Bad gateway</html>", body)))
        case 8:
            extended = {"extra": [1], **json.loads(body), "extensions": {"tracing": {}}, "errors": None}
            return SubgraphResponse(200, JSON, json.dumps(extended).encode())
    value = json.loads(body)
    for _ in range(rng.randint(1, 3)):
        damage_node(value, rng)
    return SubgraphResponse(200, JSON, json.dumps(value).encode())


def damage_node(value: Any, rng: random.Random) -> None:
    """Somewhere in ``value``: a null, another type, a missing or additional key, a list of other length or order."""
    while True:
        places = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        if not places:
            return
        key, below = rng.choice(places)
        if isinstance(below, dict | list) and below and rng.random() < 0.8:
            value = below
            continue
        match rng.randrange(6):
            case 0 | 1:
                value[key] = None
            case 2:
                value[key] = rng.choice([1, -1.5, "x", True, {}, [], [None], [[1]], 10**12, 10**30, 3.0, {"id": "1"}])
            case 3 if isinstance(value, dict):
                del value[key]
            case 4 if isinstance(value, dict):
                value[rng.choice(("id", "f0", "f1", "x", "__typename"))] = rng.choice((below, 1, "Entity0"))
            case _ if isinstance(value, list):
                change = rng.choice(["reverse", "pop", "append"])
                getattr(value, change)(*([below] if change == "append" else []))
        return
