"""Signs requests to subgraphs. Below de-duplication, because a signature makes every request unique."""

from __future__ import annotations

import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from gateway.executor.transport import SubgraphRequest, SubgraphResponse, Transport
from shared.auth.signature import IDENTITY_HEADER, SIGNATURE_HEADER, new_nonce, sign


class SigningTransport:
    """Adds the signature that proves to a subgraph that the request, with this identity, comes from the gateway.

    ``audiences`` maps each URL to the name of its subgraph.
    """

    def __init__(self, transport: Transport, secret: str, audiences: Mapping[str, str]) -> None:
        self._transport = transport
        self._secret = secret
        self._targets = {url: (urlsplit(url).path or "/", name) for url, name in audiences.items()}

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        """As ``Transport.send``."""
        path, audience = self._targets[request.url]
        signature = sign(
            self._secret,
            method="POST",
            path=path,
            audience=audience,
            identity=next((value for name, value in request.headers if name == IDENTITY_HEADER), ""),
            body=request.body,
            now=int(time.time()),
            nonce=new_nonce(),
        )
        headers = (*request.headers, (SIGNATURE_HEADER, signature))
        return await self._transport.send(msgspec.structs.replace(request, headers=headers))

    async def close(self) -> None:
        """Close the transport below."""
        await self._transport.close()
