"""``python -m subgraphs.orders serve|worker|migrate|seed|sdl``."""

import sys
from pathlib import Path

from shared.subgraph_app import SubgraphProgram, run_program
from subgraphs.orders.app import build_app
from subgraphs.orders.demo import seed
from subgraphs.orders.schema import read_sdl
from subgraphs.orders.settings import OrdersSettings
from subgraphs.orders.worker import work

PROGRAM = SubgraphProgram(
    name="orders",
    settings=OrdersSettings,
    migrations=Path(__file__).parent / "migrations",
    sdl=read_sdl,
    app=build_app,
    worker=work,
    seed=seed,
)

if __name__ == "__main__":
    sys.exit(run_program(PROGRAM))
