"""From the code to the published files: each subgraph prints its SDL, and composition makes the supergraph."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from schema.published import ROUTING_URLS, PublishedSchema, compose_subgraphs


class ExportFailed(Exception):
    """A subgraph does not print its schema, or the subgraphs do not compose; the message has a line per reason."""


def exported_sdls() -> dict[str, str]:
    """What ``python -m subgraphs.<name> sdl`` prints, by name. Raises ExportFailed."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(sorted(ROUTING_URLS), pool.map(_print_sdl, sorted(ROUTING_URLS)), strict=True))


def composed_text(sdls: dict[str, str]) -> str:
    """The supergraph's SDL. Raises ExportFailed with all composition errors."""
    composition = compose_subgraphs(sdls)
    if composition.supergraph is None:
        raise ExportFailed("\n".join(f"{error.code.name}: {error.message}" for error in composition.errors))
    return composition.supergraph.text.rstrip("\n") + "\n"


def rendered_files(published: PublishedSchema, sdls: dict[str, str]) -> dict[Path, str]:
    """The files that publish ``sdls``, with their text. Raises ExportFailed."""
    files = {published.subgraph_file(name): sdl for name, sdl in sdls.items()}
    return files | {published.supergraph_file: composed_text(sdls)}


def write_files(files: Mapping[Path, str]) -> None:
    """Write the files, making their folders."""
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def drifted_files(files: Mapping[Path, str]) -> list[Path]:
    """Those whose text on disk is another, or that are missing."""
    return [file for file, text in files.items() if not file.is_file() or file.read_text(encoding="utf-8") != text]


def _print_sdl(name: str) -> str:
    command = [sys.executable, "-m", f"subgraphs.{name}", "sdl"]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 -- our own module
    if result.returncode != 0:
        last_line = (result.stderr.strip() or "no output").splitlines()[-1]
        raise ExportFailed(f"{name} does not print its schema: {last_line}")
    return result.stdout.strip("\n") + "\n"
