"""Field sets as text and as selections."""

import pytest

from gateway.federation.field_set import InvalidFieldSet, field_set_text, parse_field_set


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("id", "id"),
        ("{ id }", "id"),
        ("id, org{id}", "id org { id }"),
        ('price(currency: "EUR", unit: 1) @include(if: true)', 'price(currency: "EUR", unit: 1) @include(if: true)'),
        ("alias: id ... on A { x } ... { y }", "alias: id ... on A { x } ... { y }"),
        ("id # comment\n name", "id name"),
    ],
)
def test_round_trip(text, canonical):
    selections = parse_field_set(text)
    assert field_set_text(selections) == canonical
    assert parse_field_set(canonical) == selections


@pytest.mark.parametrize(
    "text", ["", "{}", "id {", "id }", "a {}", "...Named", "a } {b", "id } fragment F on A { x", "a { " * 9000]
)
def test_no_field_set(text):
    with pytest.raises(InvalidFieldSet):
        parse_field_set(text)
