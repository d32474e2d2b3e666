"""``GET /media/<file>``: public, cacheable for ever, bounded in size, work and memory."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from shared.demo.products import IMAGE_EDGE
from subgraphs.products.media.address import parse_file_name, parse_size
from subgraphs.products.media.render import HAS_PILLOW, EncodedImage, render
from subgraphs.products.media.scene import Scene, compose_scene

CACHE_BYTES: Final = 32 * 1024 * 1024
CONCURRENT_RENDERS: Final = 2
_DRAWING_VERSION: Final = 1
"""Part of every ETag: raise it when the same path is drawn differently."""

_HEADERS: Final = {
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
}


def media_routes() -> list[Route]:
    """The route, with a cache and a bound on rendering of its own."""
    return [Route("/media/{file_name}", _MediaEndpoint().answer, methods=["GET"])]


class _MediaEndpoint:
    def __init__(self) -> None:
        self._cache = _ImageCache(CACHE_BYTES)
        self._renders = asyncio.Semaphore(CONCURRENT_RENDERS)

    async def answer(self, request: Request) -> Response:
        picture = parse_file_name(request.path_params["file_name"])
        scene = compose_scene(picture) if picture else None
        if picture is None or scene is None:
            return PlainTextResponse("There is no such image.", status_code=404)
        try:
            width, height = parse_size(request.query_params.get("w")), parse_size(request.query_params.get("h"))
        except ValueError:
            return PlainTextResponse("`w` and `h` are sizes in pixels.", status_code=400)
        edge = min(IMAGE_EDGE, width or IMAGE_EDGE, height or IMAGE_EDGE)
        key = f"{_DRAWING_VERSION}/{HAS_PILLOW}/{request.path_params['file_name']}/{edge}"
        etag = f'"{hashlib.sha256(key.encode()).hexdigest()[:24]}"'
        headers = {**_HEADERS, "etag": etag}
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        image = self._cache.get(key) or await self._render(key, scene, edge, picture.format)
        return Response(image.content, media_type=image.media_type, headers=headers)

    async def _render(self, key: str, scene: Scene, edge: int, file_format: str) -> EncodedImage:
        async with self._renders:
            rendered_meanwhile = self._cache.get(key)
            if rendered_meanwhile is not None:
                return rendered_meanwhile
            image = await asyncio.to_thread(render, scene, edge, file_format)
            self._cache.put(key, image)
            return image


class _ImageCache:
    """The most recently used images, at most ``capacity`` bytes of them."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._size = 0
        self._images: OrderedDict[str, EncodedImage] = OrderedDict()

    def get(self, key: str) -> EncodedImage | None:
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: str, image: EncodedImage) -> None:
        previous = self._images.pop(key, None)
        self._size += len(image.content) - (len(previous.content) if previous else 0)
        self._images[key] = image
        while self._size > self._capacity and self._images:
            _, dropped = self._images.popitem(last=False)
            self._size -= len(dropped.content)
