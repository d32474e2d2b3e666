from datetime import UTC, datetime
from decimal import Decimal

import pytest
from graphql import GraphQLError

from shared.subgraph_app.scalar_values import read_big_int, read_decimal, read_instant, write_decimal, write_instant


def test_instants_are_read_in_any_offset_and_written_in_utc():
    read = read_instant("2026-03-01T12:00:00+02:00")
    assert read == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert write_instant(read) == "2026-03-01T10:00:00Z"


@pytest.mark.parametrize("value", ["2026-03-01T12:00:00", "soon", "", 1, None, "0001-01-01T00:00:00+23:59"])
def test_other_instants_are_refused(value):
    with pytest.raises(GraphQLError, match="DateTime"):
        read_instant(value)


@pytest.mark.parametrize(
    ("value", "written"), [("1.50", "1.50"), (2, "2"), ("1E+2", "100"), ("-0.000001", "-0.000001")]
)
def test_decimals_keep_their_digits(value, written):
    assert write_decimal(read_decimal(value)) == written


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+999999999", "1E-999999999", "x", "", True, None, []])
def test_other_decimals_are_refused(value):
    with pytest.raises(GraphQLError, match="Decimal"):
        read_decimal(value)


@pytest.mark.parametrize("value", ["9223372036854775807", -(2**63), "0"])
def test_whole_numbers_of_64_bits_are_read(value):
    assert read_big_int(value) == int(value)


@pytest.mark.parametrize("value", ["9223372036854775808", "1.5", 1.5, True, None, "9" * 5_000])
def test_other_whole_numbers_are_refused(value):
    with pytest.raises(GraphQLError, match="BigInt"):
        read_big_int(value)


def test_zero_has_no_size():
    assert read_decimal("0") == Decimal(0)
