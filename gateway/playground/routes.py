"""The playground's routes: the page for browsers, and its assets from this package."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from gateway.playground.page import render_page
from gateway.playground.settings import PlaygroundSettings
from gateway.playground.tabs import read_tabs

ASSETS = "/playground"
STATIC_FOLDER = Path(__file__).parent / "static"

# Everything comes from the gateway; GraphiQL and its editor set styles from script.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: http: https:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


PlaygroundPage: TypeAlias = Callable[[Request], Awaitable[Response]]
"""Answers a browser with the page."""


def playground_routes(page: PlaygroundPage) -> list[BaseRoute]:
    """``/`` and the assets."""
    return [Route("/", page, methods=["GET"]), Mount(ASSETS, StaticFiles(directory=STATIC_FOLDER))]


def playground_page(settings: PlaygroundSettings, *, endpoint: str) -> PlaygroundPage:
    """Raises OSError when the folder of tabs cannot be read: a wrong setting shows at start, not in a browser."""
    tabs = read_tabs(settings.tabs) if settings.tabs else ()
    page = render_page(settings, tabs, endpoint=endpoint, assets=ASSETS)

    async def answer(_: Request) -> Response:
        return HTMLResponse(page, headers=HEADERS)

    return answer
