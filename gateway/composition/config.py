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

from gateway.composition.environment import UnsetVariable, expand_environment
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


class _DuplicateKey(yaml.YAMLError):
    """A mapping has the same key twice, of which YAML would silently keep the last."""


class _DuplicateName(_DuplicateKey):
    """The same for the mapping of the subgraphs."""


class _Loader(yaml.SafeLoader):
    """Refuses duplicate keys."""

    _subgraphs: yaml.Node | None = None
    """What the outermost mapping, which is constructed first, has for "subgraphs"."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                continue
            if key in seen:
                kind = _DuplicateName if node is self._subgraphs else _DuplicateKey
                raise kind(f'"{key}" is there twice, again in line {key_node.start_mark.line + 1}')
            seen.add(key)
            if key == "subgraphs" and self._subgraphs is None:
                self._subgraphs = value_node
        return super().construct_mapping(node, deep)


def read_config(path: Path, environment: Mapping[str, str]) -> SupergraphConfig:
    """Read a config; files in it are relative to its folder, ``environment`` is what ``${env.NAME}`` refers to."""
    try:
        content = yaml.load(path.read_text("utf-8-sig"), _Loader)  # noqa: S506 - the loader is a SafeLoader
    except OSError as error:
        return _invalid(f"{path} cannot be read: {error.strerror or error}.")
    except UnicodeDecodeError:
        return _invalid(f"{path} is not UTF-8 text.")
    except _DuplicateName as error:
        return _invalid(f"{path}: {error}: subgraphs need names of their own.", code_is_name=True)
    except _DuplicateKey as error:
        return _invalid(f"{path}: {error}: keep one of them.")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _invalid(f"{path} is not YAML: {' '.join(str(error).split())}.")
    return _read(content, path, environment)


def _read(content: object, path: Path, environment: Mapping[str, str]) -> SupergraphConfig:
    if not isinstance(content, dict) or not isinstance(content.get("subgraphs"), dict) or not content["subgraphs"]:
        return _invalid(f'{path} needs a mapping "subgraphs" with at least one subgraph.')
    errors: list[CompositionError] = []
    try:
        version = expand_environment(str(content.get("federation_version", 2)), environment)
        if not _VERSION.fullmatch(version):
            errors.append(_error(f'{path}: federation_version must be 2 or of the form "=2.9.0", not "{version}".'))
    except UnsetVariable as error:
        errors.append(_error(f"{path}: federation_version: {error}."))
    entries: list[SubgraphEntry] = []
    for name, given in content["subgraphs"].items():
        try:
            entries.append(_read_entry(str(name), given, path.parent, environment))
        except (UnsetVariable, _InvalidEntry) as error:
            errors.append(_error(f"{path}: subgraph {name}: {error}.", (str(name),)))
    return SupergraphConfig(tuple(entries), tuple(errors))


class _InvalidEntry(ValueError):
    """The message continues a sentence that begins with the subgraph's name."""


def _read_entry(name: str, given: object, folder: Path, environment: Mapping[str, str]) -> SubgraphEntry:
    if not isinstance(given, dict) or not isinstance(given.get("schema"), dict):
        raise _InvalidEntry('it needs a mapping "schema"')
    schema = given["schema"]
    origins = [origin for origin in _ORIGINS if schema.get(origin) is not None]
    if len(origins) != 1:
        raise _InvalidEntry(f'"schema" needs exactly one of {", ".join(_ORIGINS)}')
    origin = origins[0]
    if not isinstance(schema[origin], str):
        raise _InvalidEntry(f'"{origin}" of "schema" must be text')
    routing_url = given.get("routing_url", schema.get("subgraph_url"))
    if routing_url is None:
        raise _InvalidEntry('it needs a "routing_url", by which the gateway will reach it')
    if not isinstance(routing_url, str):
        raise _InvalidEntry('"routing_url" must be text')
    headers = schema.get("introspection_headers") or {}
    if not isinstance(headers, dict):
        raise _InvalidEntry('"introspection_headers" must be a mapping')
    source = expand_environment(schema[origin], environment)
    return SubgraphEntry(
        name=name,
        routing_url=expand_environment(routing_url, environment),
        file=folder / source if origin == "file" else None,
        subgraph_url=source if origin == "subgraph_url" else None,
        sdl=source if origin == "sdl" else None,
        headers={str(key): expand_environment(str(value), environment) for key, value in headers.items()},
    )


def _invalid(message: str, *, code_is_name: bool = False) -> SupergraphConfig:
    return SupergraphConfig((), (CompositionError(INVALID_SUBGRAPH_NAME if code_is_name else INVALID_CONFIG, message),))


def _error(message: str, subgraphs: tuple[str, ...] = ()) -> CompositionError:
    return CompositionError(INVALID_CONFIG, message, subgraphs)
