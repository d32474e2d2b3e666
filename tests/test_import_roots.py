"""An installed distribution named ``schema`` or ``shared`` must never stand in for ours."""

from importlib import import_module
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


@pytest.mark.parametrize("root", ["gateway", "subgraphs", "shared", "schema", "deploy"])
def test_the_import_roots_load_from_this_checkout(root: str) -> None:
    module = import_module(root)
    assert module.__file__ is not None
    assert Path(module.__file__).parent == CHECKOUT / root
