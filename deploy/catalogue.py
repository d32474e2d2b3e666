"""Which demo catalogue the engines hold, as the data folder remembers it.

The record is written after a complete load only, and names the engines that were loaded: data on another
server is not ours to assume. The subgraphs check the size in their own databases too.
"""

from __future__ import annotations

from typing import Final

from deploy.data_folder import DataFolder
from deploy.engines import ExternalEngines, without_password
from deploy.errors import CatalogSizeChanged
from deploy.settings import DEFAULT_CATALOG_SIZE

_FILE: Final = "catalogue.json"


def wanted_size(folder: DataFolder, given: ExternalEngines, asked: int | None) -> int:
    """The number of SKUs to have: what was asked for, or what is there. Raises `CatalogSizeChanged`."""
    held = _held(folder, given)
    if held is not None and asked is not None and asked != held:
        raise CatalogSizeChanged(
            f"the data folder holds a catalogue of {held} SKUs; run `make reseed CATALOG_SIZE={asked}` to replace it"
        )
    return asked or held or DEFAULT_CATALOG_SIZE


def is_loaded(folder: DataFolder, given: ExternalEngines) -> bool:
    """Whether these engines were loaded completely."""
    return _held(folder, given) is not None


def note_loaded(folder: DataFolder, given: ExternalEngines, size: int) -> None:
    """Remember a complete load."""
    folder.write_json(_FILE, {"size": size, "engines": _identity(given)})


def forget(folder: DataFolder) -> None:
    """A load is about to replace what is there."""
    (folder.root / _FILE).unlink(missing_ok=True)


def _held(folder: DataFolder, given: ExternalEngines) -> int | None:
    record = folder.read_json(_FILE)
    size = record.get("size")
    return size if isinstance(size, int) and record.get("engines") == _identity(given) else None


def _identity(given: ExternalEngines) -> dict[str, str]:
    urls = {"postgres": given.database_url, "redis": given.redis_url, "typesense": given.typesense_url}
    return {engine: "embedded" if url is None else without_password(url) for engine, url in urls.items()}
