"""Gateway and monolith give the same answers on random worlds, compiled or not; also where data or subgraphs fail."""

import pytest

from gateway.testing.differential import check, is_part_of

WORLDS = 24
OPERATIONS = 6


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_the_gateway_answers_as_one_service_would(seed):
    assert await check(seed, OPERATIONS) == []


@pytest.mark.parametrize(
    ("data", "is_part"),
    [({"a": None}, True), ({"a": [1, None]}, True), ({"a": [1]}, False), ({"a": [1, 3]}, False), ({}, False)],
)
def test_a_partial_answer_is_the_whole_one_with_nulls(data, is_part):
    assert is_part_of(data, {"a": [1, 2]}) is is_part
