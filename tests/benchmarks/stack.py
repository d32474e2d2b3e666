"""The stack's figures, measured on a fresh clone: ``python tests/benchmarks/stack.py [--catalog-size 100000]``.

Clones the committed state into a temporary folder and drives it by the README's commands on free ports. Prints one
line per figure: time from the fresh clone to the first answered query (packages come from pip's cache), time of a
second ``make up``, memory (PSS) of the whole stack, time of loading the full catalogue, memory with it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from deploy.data_folder import port_is_free

CHECKOUT = Path(__file__).parent.parent.parent
NAMES = ("GATEWAY", "PRODUCTS", "INVENTORY", "ORDERS", "USERS", "REVIEWS")


class Clone:
    """A clone of the repository whose stack has ports of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = {
            name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "VIRTUAL_ENV")
        }
        self.ports = dict(zip(NAMES, free_ports(len(NAMES)), strict=True))
        self.environment |= {f"{name}_PORT": str(port) for name, port in self.ports.items()}
        subprocess.run(("git", "clone", "--quiet", str(CHECKOUT), str(root)), check=True)

    def make(self, *arguments: str) -> str:
        done = subprocess.run(
            ("make", "--no-print-directory", *arguments),
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"make {' '.join(arguments)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return done.stdout

    def until_answered(self) -> None:
        query = json.dumps({"query": "{ products(first: 1) { nodes { id name priceRange { min { amount } } } } }"})
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports['GATEWAY']}/graphql", query.encode(), {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            body = json.load(answer)
        if body.get("errors") or not body["data"]["products"]["nodes"]:
            sys.exit(f"the query was not answered: {body}")

    def memory_mb(self) -> float:
        [total] = [line for line in self.make("status").splitlines() if line.startswith("whole stack")]
        return float(total.split()[2])


def free_ports(count: int) -> list[int]:
    """Ports on which nobody listens at the moment."""
    candidates = random.sample(range(15_000, 32_000), 10 * count)
    return [port for port in candidates if port_is_free(port)][:count]


def timed(name: str, limit_s: float, *steps: object) -> None:
    """Run the steps and print how long they took, against the figure that was promised."""
    started = time.perf_counter()
    for step in steps:
        step()  # type: ignore[operator]
    show(name, time.perf_counter() - started, "s", limit_s)


def show(name: str, value: float, unit: str, limit: float) -> None:
    sys.stdout.write(f"{name:<55} {value:>8.1f} {unit:<3} (target {limit:g} {unit})\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--catalog-size", type=int, default=100_000, help="size of the full catalogue (default: 100000)"
    )
    size = parser.parse_args().catalog_size
    folder = Path(tempfile.mkdtemp(prefix="agora-figures-"))
    folder.chmod(0o755)
    clone = Clone(folder / "agora")
    try:
        timed("fresh clone to first answered query", 180, lambda: clone.make("up", "DETACH=1"), clone.until_answered)
        show("memory of the whole stack, 1,000 SKUs", clone.memory_mb(), "MB", 2000)
        clone.make("down")
        timed("second make up", 20, lambda: clone.make("up", "DETACH=1"))
        clone.until_answered()
        clone.make("down")
        timed(f"{size:,} SKUs generated, stored and indexed", 300, lambda: clone.make("reseed", f"CATALOG_SIZE={size}"))
        clone.make("up", "DETACH=1")
        clone.until_answered()
        show(f"memory of the whole stack, {size:,} SKUs", clone.memory_mb(), "MB", 2000)
    finally:
        subprocess.run(("make", "down"), cwd=clone.root, env=clone.environment, capture_output=True, check=False)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
