"""OVERRIDE_LABEL_INVALID: a label is a name, or a percentage with at most eight decimals."""

import pytest

STOCK = "type Query { q: Int r: Int }"


@pytest.mark.parametrize("label", ["1st", "a b", "percent(101)", "percent(100.5)", "percent(1.123456789)", "percent()"])
def test_no_label(compose, label):
    sdl = f'type Query {{ q: Int @override(from: "stock", label: "{label}") }}'
    assert f'"{label}"' in compose(shop=sdl, stock=STOCK).error("OVERRIDE_LABEL_INVALID").message


@pytest.mark.parametrize("label", ["percent(0)", "percent(0.5)", "percent(100)", "launch:2026-1/a.b_c", "a"])
def test_label(compose, label):
    sdl = f'type Query {{ q: Int @override(from: "stock", label: "{label}") }}'
    assert f'overrideLabel: "{label}"' in compose(shop=sdl, stock=STOCK).supergraph
