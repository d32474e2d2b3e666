"""``python -m subgraphs.reviews serve|worker|migrate|seed|sdl``."""

import sys
from pathlib import Path

from shared.subgraph_app import SubgraphProgram, run_program
from shared.subgraph_app.strawberry_prelude import federation_sdl
from subgraphs.reviews.app import build_app
from subgraphs.reviews.demo import seed
from subgraphs.reviews.schema import schema
from subgraphs.reviews.settings import ReviewsSettings
from subgraphs.reviews.worker import work

PROGRAM = SubgraphProgram(
    name="reviews",
    settings=ReviewsSettings,
    migrations=Path(__file__).parent / "migrations",
    sdl=lambda: federation_sdl(schema),
    app=build_app,
    worker=work,
    seed=seed,
)

if __name__ == "__main__":
    sys.exit(run_program(PROGRAM))
