"""``python -m subgraphs.products serve|worker|migrate|seed|sdl``."""

import sys
from pathlib import Path

from shared.subgraph_app import SubgraphProgram, run_program
from subgraphs.products.app import build_app
from subgraphs.products.demo import seed
from subgraphs.products.resolvers.schema import read_sdl
from subgraphs.products.settings import ProductsSettings
from subgraphs.products.worker import work

PROGRAM = SubgraphProgram(
    name="products",
    settings=ProductsSettings,
    migrations=Path(__file__).parent / "migrations",
    sdl=read_sdl,
    app=build_app,
    worker=work,
    seed=seed,
)

if __name__ == "__main__":
    sys.exit(run_program(PROGRAM))
