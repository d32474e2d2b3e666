"""Reads settings: ``gateway.yaml``, then the environment over it, then the command line.

Variables: ``SUBGRAPH_<NAME>_URL``, ``GATEWAY_HOST``, ``GATEWAY_PORT``, ``GATEWAY_WORKERS``, ``GATEWAY_SUPERGRAPH``,
``AGORA_GATEWAY_SECRET``, ``AGORA_LOG_FORMAT``, ``AGORA_LOG_LEVEL``, and for a single token issuer ``AGORA_JWKS_URL``,
``AGORA_JWT_ISSUER``, ``AGORA_JWT_AUDIENCE``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gateway.errors import StartupError
from gateway.settings import GatewaySettings

_SUBGRAPH_URL = re.compile(r"SUBGRAPH_(.+)_URL")
_VARIABLES: Mapping[str, tuple[str, str]] = {
    "GATEWAY_HOST": ("listen", "host"),
    "GATEWAY_PORT": ("listen", "port"),
    "GATEWAY_WORKERS": ("listen", "workers"),
    "GATEWAY_SUPERGRAPH": ("supergraph", "source"),
    "AGORA_GATEWAY_SECRET": ("authentication", "signing_secret"),
    "AGORA_LOG_FORMAT": ("log", "format"),
    "AGORA_LOG_LEVEL": ("log", "level"),
}


def load_settings(
    file: Path | None, environment: Mapping[str, str], overrides: Mapping[tuple[str, str], Any]
) -> GatewaySettings:
    """Read ``file``, then the environment, then ``overrides`` by (section, key). Raises ``StartupError``."""
    values = _read_file(file) if file else {}
    if file is not None:
        _resolve_paths(values, file.parent)
    for variable, (section, key) in _VARIABLES.items():
        if environment.get(variable):
            _section(values, section)[key] = environment[variable]
    for (section, key), value in overrides.items():
        _section(values, section)[key] = value
    _add_issuer(values, environment)
    try:
        return GatewaySettings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise StartupError(f"{file or 'settings'}: {place}: {_reason(first)}") from error


def subgraph_urls(
    names: Mapping[str, str], settings: GatewaySettings, environment: Mapping[str, str]
) -> dict[str, str]:
    """The URL of each subgraph; ``names`` maps them to the URL in the supergraph.

    ``SUBGRAPH_<NAME>_URL`` wins over the file: the name in capitals, with ``_`` for what no variable name can hold.
    """
    from_environment = {
        match.group(1): value for key, value in environment.items() if (match := _SUBGRAPH_URL.fullmatch(key)) and value
    }
    urls = {}
    for name, url in names.items():
        override = settings.subgraphs.get(name)
        variable = re.sub(r"[^A-Z0-9]", "_", name.upper())
        urls[name] = from_environment.get(variable) or (override.url if override and override.url else url)
    return urls


def _read_file(file: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise StartupError(f"cannot read {file}: {getattr(error, 'strerror', None) or error}") from error
    except yaml.YAMLError as error:
        raise StartupError(f"{file} is not YAML: {' '.join(str(error).split())}") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise StartupError(f"{file}: expected a mapping of settings")
    return values


def _reason(error: ErrorDetails) -> str:
    """What is wrong with a setting, in words for whoever wrote it."""
    if error["type"] == "extra_forbidden":
        return "there is no such setting"
    return error["msg"].removeprefix("Value error, ")


def _section(values: dict[str, Any], name: str) -> dict[str, Any]:
    section = values.setdefault(name, {})
    if not isinstance(section, dict):
        raise StartupError(f"{name}: expected a mapping of settings")
    return section


def _resolve_paths(values: dict[str, Any], folder: Path) -> None:
    """Paths in the file are relative to it."""
    for section, key in (("supergraph", "source"), ("supergraph", "last_good_file"), ("playground", "tabs")):
        value = values.get(section, {}).get(key) if isinstance(values.get(section), dict) else None
        if isinstance(value, str) and "://" not in value:
            values[section][key] = str(folder / value)


def _add_issuer(values: dict[str, Any], environment: Mapping[str, str]) -> None:
    """A single issuer can be named by the environment alone."""
    url = environment.get("AGORA_JWKS_URL")
    if not url:
        return
    issuer = {
        "issuer": environment.get("AGORA_JWT_ISSUER") or "agora",
        "audience": environment.get("AGORA_JWT_AUDIENCE") or "agora",
        "jwks_url": url,
        "algorithms": ["EdDSA"],
        "token_types": ["access"],
    }
    section = _section(values, "authentication")
    others = [each for each in section.get("issuers") or () if each.get("issuer") != issuer["issuer"]]
    section["issuers"] = [*others, issuer]
