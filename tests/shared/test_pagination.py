import pytest

from shared.errors import BadUserInput, ErrorCode, LimitExceeded
from shared.pagination import encode_cursor, make_page, page_request

ROWS = [(number, f"id{number}") for number in range(10)]
TYPES = (int, str)


def page(**arguments):
    request = page_request("number", TYPES, **({"first": None} | arguments))
    rows = [row for row in ROWS if request.after is None or row > request.after]
    rows = [row for row in rows if request.before is None or row < request.before]
    if request.backward:
        rows.reverse()
    return make_page(rows[: request.fetch_limit], request, order="number", key=lambda row: row, total_count=10)


def test_pages_follow_each_other_without_gap_or_overlap():
    seen, after = [], None
    while True:
        current = page(first=3, after=after)
        seen += current.items
        if not current.has_next_page:
            break
        after = current.end_cursor
    assert seen == ROWS


def test_the_last_page_comes_in_connection_order():
    current = page(last=3)
    assert [number for number, _ in current.items] == [7, 8, 9]
    assert (current.has_previous_page, current.has_next_page) == (True, False)
    before = page(last=3, before=current.start_cursor)
    assert [number for number, _ in before.items] == [4, 5, 6]


def test_more_than_a_hundred_is_a_limit_error():
    with pytest.raises(LimitExceeded) as raised:
        page(first=101)
    assert raised.value.code == ErrorCode.LIMIT_EXCEEDED


@pytest.mark.parametrize(
    "arguments",
    [
        {"first": -1},
        {"last": -1},
        {"first": 1, "last": 1},
        {"first": 1, "after": "%%%"},
        {"first": 1, "after": "WzFd"},
        {"first": 1, "after": "A" * 5_000},
        {"first": 1, "after": encode_cursor("name", (1, "x"))},
        {"first": 1, "after": encode_cursor("number", ("1", "x"))},
        {"first": 1, "after": encode_cursor("number", (1,))},
    ],
    ids=str,
)
def test_bad_page_arguments_are_bad_user_input(arguments):
    with pytest.raises(BadUserInput):
        page(**arguments)
