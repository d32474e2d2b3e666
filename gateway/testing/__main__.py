"""``python -m gateway.testing``: run differential cases until the count is reached or the first difference."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import time

from gateway.testing.differential import Case, smallest_difference
from gateway.testing.random_operation import draw_operation


async def _run(options: argparse.Namespace) -> int:
    done = different = 0
    seed = options.seed
    ends_at = time.monotonic() + options.seconds if options.seconds else None
    while done < options.operations if ends_at is None else time.monotonic() < ends_at:
        case = Case(seed)
        for number in range(options.per_world):
            operation = draw_operation(seed * 1_000 + number, case.monolith.schema, subscribes=True)
            difference = await case.compare(operation)
            done += 1
            if difference is not None:
                different += 1
                print(await smallest_difference(case, difference), end="\n\n", flush=True)  # noqa: T201
                if different >= options.show:
                    return _report(done, different, seed)
        seed += 1
    return _report(done, different, seed - 1)


def _report(done: int, different: int, seed: int) -> int:
    print(f"{done} operations, {different} differences, last seed {seed}")  # noqa: T201
    return 1 if different else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gateway.testing", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="the first world (default: 0)")
    parser.add_argument("--operations", type=int, default=1_000, help="how many in all (default: 1000)")
    parser.add_argument("--seconds", type=int, default=0, help="for so long, instead of a number of operations")
    parser.add_argument("--per-world", type=int, default=10, help="operations on each world (default: 10)")
    parser.add_argument("--show", type=int, default=1, help="stop after so many differences (default: 1)")
    return parser.parse_args()


if __name__ == "__main__":
    logging.getLogger("gateway").addHandler(logging.NullHandler())
    logging.getLogger("gateway").propagate = False
    sys.exit(asyncio.run(_run(_options())))
