"""Renders the one page of the playground; its configuration travels in the page as JSON."""

from __future__ import annotations

import hashlib
import html
import json

from gateway.playground.settings import PlaygroundSettings, RememberRule
from gateway.playground.tabs import Tab

WELCOME = """\
# One endpoint over every subgraph. Write an operation and press the play button.
# Ctrl-Space completes, the book icon opens the documentation.
"""

TEMPLATE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} playground</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{assets}/playground.css">
</head>
<body>
<div id="playground">Loading the playground&hellip;</div>
<noscript>The playground needs JavaScript. The endpoint itself is at {endpoint}.</noscript>
<script type="application/json" id="playground-config">{config}</script>
<script type="module" src="{assets}/playground.js"></script>
</body>
</html>
"""


def render_page(settings: PlaygroundSettings, tabs: tuple[Tab, ...], *, endpoint: str, assets: str) -> str:
    """The page's HTML. ``endpoint`` and ``assets`` are paths on the gateway."""
    shown = [{"query": tab.query, "variables": tab.variables} for tab in tabs]
    config = {
        "title": settings.title,
        "endpoint": endpoint,
        "tabs": shown or None,
        "revision": _revision(shown),
        "welcome": WELCOME,
        "remember": [_rule(rule) for rule in settings.remember],
    }
    return TEMPLATE.format(
        title=html.escape(settings.title), endpoint=html.escape(endpoint), assets=assets, config=_script_json(config)
    )


def _rule(rule: RememberRule) -> dict[str, str]:
    named = {"path": rule.path, "as": rule.send_as, "replaces": rule.replaces}
    return {key: value for key, value in named.items() if value is not None}


def _revision(tabs: list[dict[str, str | None]]) -> str:
    """Changes with the offered tabs, so that a browser does not show those of an older release."""
    return hashlib.sha256(json.dumps(tabs).encode()).hexdigest()[:12]


def _script_json(value: object) -> str:
    """JSON that cannot close the script element it stands in."""
    return json.dumps(value).replace("<", "\\u003c")
