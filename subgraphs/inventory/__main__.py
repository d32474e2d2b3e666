"""``python -m subgraphs.inventory serve|worker|migrate|seed|sdl``."""

import sys
from pathlib import Path

from shared.subgraph_app import SubgraphProgram, run_program
from shared.subgraph_app.strawberry_prelude import federation_sdl
from subgraphs.inventory.app import build_app
from subgraphs.inventory.demo import seed
from subgraphs.inventory.schema import schema
from subgraphs.inventory.settings import InventorySettings
from subgraphs.inventory.worker import work

PROGRAM = SubgraphProgram(
    name="inventory",
    settings=InventorySettings,
    migrations=Path(__file__).parent / "migrations",
    sdl=lambda: federation_sdl(schema),
    app=build_app,
    worker=work,
    seed=seed,
)

if __name__ == "__main__":
    sys.exit(run_program(PROGRAM))
