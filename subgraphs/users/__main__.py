"""``python -m subgraphs.users serve|worker|migrate|seed|sdl``."""

import sys
from pathlib import Path

from shared.subgraph_app import SubgraphProgram, run_program
from shared.subgraph_app.strawberry_prelude import federation_sdl
from subgraphs.users.app import build_app
from subgraphs.users.demo import seed
from subgraphs.users.schema import schema
from subgraphs.users.settings import UsersSettings
from subgraphs.users.worker import work

PROGRAM = SubgraphProgram(
    name="users",
    settings=UsersSettings,
    migrations=Path(__file__).parent / "migrations",
    sdl=lambda: federation_sdl(schema),
    app=build_app,
    worker=work,
    seed=seed,
)

if __name__ == "__main__":
    sys.exit(run_program(PROGRAM))
