"""Reads ``supergraph.yaml``, the format that rover and other composers share.

Only the shape is read here; ``sources`` fetches the schemas that it names.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gateway.composition.errors import INVALID_CONFIG, INVALID_SUBGRAPH_NAME, CompositionError

_VERSION = re.compile(r"=?\s*v?2(\.\d+){0,2}")
_ORIGINS = ("file", "subgraph_url", "sdl")


@dataclass(frozen=True, slots=True)
class SubgraphEntry:
    """A subgraph of the config. Exactly one of ``file``, ``subgraph_url`` and ``sdl`` is given.

    ``headers`` are sent with the introspection of ``subgraph_url``.
    """

    name: str
    routing_url: str
    file: Path | None
    subgraph_url: str | None
    sdl: str | None
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SupergraphConfig:
    """The subgraphs in the order of the config, or what is wrong with it."""

    subgraphs: tuple[SubgraphEntry, ...]
    errors: tuple[CompositionError, ...]


class _DuplicateName(yaml.YAMLError):
    """A mapping has the same key twice, of which YAML would silently keep the last."""


class _Loader(yaml.SafeLoader):
    """Refuses duplicate keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise _DuplicateName(f'"{key}" is there twice, again in line {key_node.start_mark.line + 1}')
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_config(path: Path) -> SupergraphConfig:
    """Read a config; files in it are relative to its folder."""
    try:
        content = yaml.load(path.read_text("utf-8-sig"), _Loader)  # noqa: S506 - the loader is a SafeLoader
    except OSError as error:
        return _invalid(f"{path} cannot be read: {error.strerror or error}.")
    except UnicodeDecodeError:
        return _invalid(f"{path} is not UTF-8 text.")
    except _DuplicateName as error:
        return _invalid(f"{path}: {error}: subgraphs need names of their own.", code_is_name=True)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _invalid(f"{path} is not YAML: {' '.join(str(error).split())}.")
    return _read(content, path)


def _read(content: object, path: Path) -> SupergraphConfig:
    if not isinstance(content, dict) or not isinstance(content.get("subgraphs"), dict) or not content["subgraphs"]:
        return _invalid(f'{path} needs a mapping "subgraphs" with at least one subgraph.')
    errors: list[CompositionError] = []
    version = content.get("federation_version", 2)
    if not _VERSION.fullmatch(str(version)):
        errors.append(_error(f'{path}: federation_version must be 2 or of the form "=2.9.0", not "{version}".'))
    entries: list[SubgraphEntry] = []
    for name, given in content["subgraphs"].items():
        entry = _read_entry(str(name), given, path.parent)
        if isinstance(entry, str):
            errors.append(_error(f"{path}: subgraph {name}: {entry}.", (str(name),)))
        else:
            entries.append(entry)
    return SupergraphConfig(tuple(entries), tuple(errors))


def _read_entry(name: str, given: object, folder: Path) -> SubgraphEntry | str:
    """The entry, or what is wrong with it."""
    if not isinstance(given, dict) or not isinstance(given.get("schema"), dict):
        return 'it needs a mapping "schema"'
    schema = given["schema"]
    origins = [origin for origin in _ORIGINS if schema.get(origin) is not None]
    if len(origins) != 1:
        return f'"schema" needs exactly one of {", ".join(_ORIGINS)}'
    origin = origins[0]
    if not isinstance(schema[origin], str):
        return f'"{origin}" of "schema" must be text'
    routing_url = given.get("routing_url", schema.get("subgraph_url"))
    if routing_url is None:
        return 'it needs a "routing_url", by which the gateway will reach it'
    headers = schema.get("introspection_headers") or {}
    if not isinstance(headers, dict):
        return '"introspection_headers" must be a mapping'
    return SubgraphEntry(
        name=name,
        routing_url=str(routing_url),
        file=folder / schema["file"] if origin == "file" else None,
        subgraph_url=schema.get("subgraph_url"),
        sdl=schema.get("sdl"),
        headers={str(key): str(value) for key, value in headers.items()},
    )


def _invalid(message: str, *, code_is_name: bool = False) -> SupergraphConfig:
    return SupergraphConfig((), (CompositionError(INVALID_SUBGRAPH_NAME if code_is_name else INVALID_CONFIG, message),))


def _error(message: str, subgraphs: tuple[str, ...] = ()) -> CompositionError:
    return CompositionError(INVALID_CONFIG, message, subgraphs)
