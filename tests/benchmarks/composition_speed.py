"""How long composition takes, and how it grows: ``python tests/benchmarks/composition_speed.py`` prints a table.

Each size runs in a process of its own, so that its peak memory is its own. Target: 100 subgraphs with 5,000 types and
40,000 fields in under 20 seconds, growing no worse than linearly; our five subgraphs in under half a second.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

TYPES_PER_SUBGRAPH = 50
FIELDS_PER_TYPE = 8
SIZES = (10, 25, 50, 100)
PUBLISHED = Path(__file__).parent.parent.parent / "schema" / "subgraphs"
LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])'


def generated(subgraphs: int) -> dict[str, str]:
    """Entities with fields and links, each subgraph extending a fifth of its neighbour's."""
    return {f"s{number}": _subgraph(number) for number in range(subgraphs)}


def _subgraph(number: int) -> str:
    lines = [LINK, f"type Query {{ {' '.join(f'q{number}_{t}: T{number}_{t}' for t in range(0, 50, 10))} }}"]
    for kind in range(TYPES_PER_SUBGRAPH):
        fields = " ".join(
            f"f{index}(a: Int): {'String' if index % 4 else f'T{number}_{(kind + index) % TYPES_PER_SUBGRAPH}'}"
            for index in range(FIELDS_PER_TYPE - 1)
        )
        lines.append(f'type T{number}_{kind} @key(fields: "id") {{ id: ID! {fields} }}')
    lines += [
        f'type T{number - 1}_{kind} @key(fields: "id") {{ id: ID! more{number}: T{number}_{kind} }}'
        for kind in range(TYPES_PER_SUBGRAPH // 5 if number else 0)
    ]
    return "\n".join(lines)


def measure(sdls: dict[str, str]) -> tuple[float, int]:
    """Seconds of one composition, and the process's peak memory in MiB."""
    from gateway.composition import SubgraphSource, compose

    sources = [SubgraphSource(name, f"http://{name}.test", sdl) for name, sdl in sdls.items()]
    started = time.perf_counter()
    result = compose(sources)
    seconds = time.perf_counter() - started
    assert result.supergraph is not None, result.errors
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _own() -> dict[str, str]:
    return {file.stem: file.read_text() for file in sorted(PUBLISHED.glob("*.graphql"))}


def _in_process_of_its_own(size: str) -> str:
    return subprocess.run([sys.executable, __file__, size], check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    if len(sys.argv) > 1:
        seconds, peak = measure(_own() if sys.argv[1] == "own" else generated(int(sys.argv[1])))
        print(f"{seconds:.2f} s | {peak} MiB")
        return
    print("| graph | time | peak memory |\n|---|---|---|")
    print(f"| our five subgraphs | {_in_process_of_its_own('own')} |")
    for size in SIZES:
        types = size * TYPES_PER_SUBGRAPH
        label = f"{size} subgraphs, {types:,} types, {types * FIELDS_PER_TYPE:,} fields"
        print(f"| {label} | {_in_process_of_its_own(str(size))} |")


if __name__ == "__main__":
    main()
