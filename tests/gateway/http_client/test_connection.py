"""Single hostile or unusual answers, one by one."""

import gzip

import pytest

from gateway.executor.transport import TransportError, TransportErrorKind
from gateway.http_client.limits import ClientLimits

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}", TransportErrorKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", TransportErrorKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\n", TransportErrorKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}", TransportErrorKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", TransportErrorKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n", TransportErrorKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n", TransportErrorKind.MALFORMED),
        (
            b"HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n",
            TransportErrorKind.MALFORMED,
        ),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 50, TransportErrorKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\ncontent-encoding: br\r\ncontent-length: 2\r\n\r\n{}", TransportErrorKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}", TransportErrorKind.MALFORMED),
        (b"<html>", TransportErrorKind.MALFORMED),
    ],
)
def test_malicious_answers_are_refused(receive, answer, kind):
    with pytest.raises(TransportError) as caught:
        receive([answer], eof=False)
    assert caught.value.kind is kind


def test_a_second_response_costs_the_connection_but_not_the_first(receive):
    response, reusable = receive([OK + OK])
    assert response.body == b"{}"
    assert not reusable


def test_bytes_after_the_answer_never_reach_the_next_exchange(receive):
    response, reusable = receive([OK, b"HTTP/1.1 200 OK\r\n"])
    assert response.body == b"{}"
    assert not reusable


@pytest.mark.parametrize(
    ("head", "reusable"),
    [
        (b"HTTP/1.1 200 OK\r\n", True),
        (b"HTTP/1.1 200 OK\r\nconnection: close\r\n", False),
        (b"HTTP/1.0 200 OK\r\n", False),
        (b"HTTP/1.0 200 OK\r\nconnection: keep-alive\r\n", True),
    ],
)
def test_keep_alive_follows_version_and_header(receive, head, reusable):
    assert receive([head + b"content-length: 2\r\n\r\n{}"])[1] is reusable


@pytest.mark.parametrize("status", [204, 304])
def test_statuses_without_a_body(receive, status):
    response, reusable = receive([b"HTTP/1.1 %d Nothing\r\n\r\n" % status])
    assert (response.status, response.body, reusable) == (status, b"", True)


def test_repeated_headers_are_kept_in_order(receive):
    response, _ = receive([b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\ncontent-length: 0\r\n\r\n"])
    assert [value for name, value in response.headers if name == "set-cookie"] == ["a=1", "b=2"]


def test_a_bomb_stops_at_the_limit(receive):
    bomb = gzip.compress(b"0" * 5_000_000)
    with pytest.raises(TransportError) as caught:
        receive(
            [b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(bomb) + bomb],
            limits=ClientLimits(max_body_bytes=1_000_000),
        )
    assert caught.value.kind is TransportErrorKind.TOO_LARGE


def test_a_body_of_very_many_gzip_members_is_refused(receive):
    members = gzip.compress(b"") * 1000
    with pytest.raises(TransportError) as caught:
        receive([b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(members) + members])
    assert caught.value.kind is TransportErrorKind.MALFORMED
