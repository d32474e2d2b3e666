"""Gateway and monolith give the same answers on random worlds, compiled or not; also where data or subgraphs fail."""

import pytest

from gateway.testing.allowances import is_part_of, is_told_of_nulls
from gateway.testing.differential import check

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


WHOLE = {"links": [{"a": 1}, {"a": 2}], "sum": 'sum of {"links": [{"n": 1}, {"n": 2}]}'}


@pytest.mark.parametrize(
    ("data", "is_excused"),
    [
        (WHOLE, True),
        ({"links": [{"a": 1}, None], "sum": 'sum of {"links": [{"n": 1}, null]}'}, False),
        ({"links": [{"a": 1}, {"a": 2}], "sum": 'sum of {"links": [{"n": 1}, null]}'}, False),
        ({"links": [{"a": 1}, {"a": 2}], "sum": 'sum of {"links": [{"n": 1}, {"n": null}]}'}, False),
        ({"links": [{"a": 1}, {"a": 2}], "sum": None}, False),
    ],
)
def test_only_what_is_null_in_the_answer_may_be_missing_from_a_requirement(data, is_excused):
    assert is_told_of_nulls(data, WHOLE) is is_excused


@pytest.mark.parametrize(
    ("told", "is_excused"),
    [
        ('sum of {"links": [{"n": 1}, null]}', True),
        ('sum of {"links": null}', False),
        ('sum of {"links": [null, null]}', False),
        ('sum of {"links": [{"n": 1}, {"n": null}]}', False),
        ('sum of {"links": [{"n": 2}, null]}', False),
        ('sum of {"links": [null]}', False),
        ('other of {"links": [{"n": 1}, null]}', False),
        (None, False),
    ],
)
def test_a_requirement_may_be_told_of_the_nulled_object_and_of_nothing_else(told, is_excused):
    whole = WHOLE | {"links": [{"a": 1}, None]}

    assert is_told_of_nulls(whole | {"sum": told}, whole) is is_excused
