"""Whatever a subgraph sends, however it is cut into pieces, ends in the same response or in a TransportError."""

import gzip
import zlib
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.executor.transport import SubgraphResponse, TransportError, TransportErrorKind
from gateway.http_client.limits import ClientLimits

FAST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
bodies = st.binary(max_size=400)
encodings = st.sampled_from(["", "gzip", "x-gzip", "deflate", "raw-deflate", "identity", "deflate, gzip"])
cuts = st.lists(st.integers(0, 2000), max_size=12)


def compress(body: bytes, encoding: str) -> tuple[bytes, bytes]:
    match encoding:
        case "gzip" | "x-gzip":
            return gzip.compress(body), encoding.encode()
        case "deflate":
            return zlib.compress(body), b"deflate"
        case "raw-deflate":
            stream = zlib.compressobj(wbits=-15)
            return stream.compress(body) + stream.flush(), b"deflate"
        case "deflate, gzip":
            return gzip.compress(zlib.compress(body)), b"deflate, gzip"
    return body, encoding.encode()


def framed(body: bytes, framing: str, chunk_sizes: list[int]) -> bytes:
    """Status line, headers and body, framed by length, in chunks (with an extension and a trailer) or by the end."""
    if framing == "length":
        return b"content-length: %d\r\n\r\n%b" % (len(body), body)
    if framing == "end":
        return b"\r\n" + body
    pieces, rest = [], body
    for size in chunk_sizes:
        if not rest:
            break
        piece, rest = rest[:size], rest[size:]
        pieces.append(b"%x;note=1\r\n%b\r\n" % (len(piece), piece))
    if rest:
        pieces.append(b"%X\r\n%b\r\n" % (len(rest), rest))
    return b"transfer-encoding: chunked\r\n\r\n" + b"".join(pieces) + b"0\r\nx-trailer: 1\r\n\r\n"


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]
    return [data[start:end] for start, end in pairwise(places) if start < end]


@FAST
@given(
    body=bodies,
    encoding=encodings,
    framing=st.sampled_from(["length", "chunked", "end"]),
    chunk_sizes=st.lists(st.integers(1, 40), max_size=20),
    cuts=cuts,
    status=st.sampled_from([200, 201, 302, 400, 401, 429, 500, 503]),
    interim=st.integers(0, 2),
)
def test_any_cut_gives_the_same_response(receive, body, encoding, framing, chunk_sizes, cuts, status, interim):
    sent, name = compress(body, encoding)
    head = b"HTTP/1.1 100 Continue\r\n\r\n" * interim + b"HTTP/1.1 %d Some reason\r\nX-Note:  a b \r\n" % status
    if name:
        head += b"Content-Encoding: %b\r\n" % name
    response, reusable = receive(split(head + framed(sent, framing, chunk_sizes), cuts), eof=framing == "end")
    assert (response.status, response.body) == (status, body)
    assert ("x-note", "a b") in response.headers
    assert reusable is (framing != "end")


@FAST
@given(
    body=st.binary(min_size=1, max_size=200),
    encoding=encodings,
    framing=st.sampled_from(["length", "chunked"]),
    cuts=cuts,
    kept=st.integers(0, 10_000),
)
def test_a_truncated_response_is_never_taken_for_a_whole_one(receive, body, encoding, framing, cuts, kept):
    sent, name = compress(body, encoding)
    head = b"HTTP/1.1 200 OK\r\n" + (b"content-encoding: %b\r\n" % name if name else b"")
    whole = head + framed(sent, framing, [])
    truncated = whole[: kept % len(whole)]
    with pytest.raises(TransportError) as caught:
        receive(split(truncated, cuts), eof=True)
    assert caught.value.kind is TransportErrorKind.CLOSED


@FAST
@given(
    body=bodies,
    encoding=encodings,
    changes=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=6),
    cuts=cuts,
)
def test_damaged_bytes_end_in_a_response_or_a_transport_error(receive, body, encoding, changes, cuts):
    sent, name = compress(body, encoding)
    data = bytearray(b"HTTP/1.1 200 OK\r\ncontent-encoding: %b\r\n" % name + framed(sent, "chunked", [7, 3]))
    for place, value in changes:
        data[place % len(data)] = value
    try:
        response, _ = receive(split(bytes(data), cuts), eof=True)
    except TransportError:
        return
    assert isinstance(response, SubgraphResponse)


@FAST
@given(data=st.binary(max_size=600), cuts=cuts)
def test_noise_ends_in_a_transport_error(receive, data, cuts):
    with pytest.raises(TransportError):
        receive(split(data, cuts), eof=True)


@FAST
@given(size=st.integers(0, 300), framing=st.sampled_from(["length", "chunked", "end"]), encoding=encodings, cuts=cuts)
def test_the_body_limit_holds_before_and_after_decompression(receive, size, framing, encoding, cuts):
    limit = 100
    sent, name = compress(b"a" * size, encoding)
    head = b"HTTP/1.1 200 OK\r\n" + (b"content-encoding: %b\r\n" % name if name else b"")
    pieces = split(head + framed(sent, framing, []), cuts)
    if size > limit or len(sent) > limit:
        with pytest.raises(TransportError) as caught:
            receive(pieces, eof=True, limits=ClientLimits(max_body_bytes=limit))
        assert caught.value.kind is TransportErrorKind.TOO_LARGE
    else:
        response, _ = receive(pieces, eof=True, limits=ClientLimits(max_body_bytes=limit))
        assert response.body == b"a" * size


@FAST
@given(name_size=st.integers(1, 3000), count=st.integers(0, 30), finished=st.booleans(), cuts=cuts)
def test_the_header_limit_holds_for_one_long_header_and_for_many(receive, name_size, count, finished, cuts):
    limits = ClientLimits(max_header_bytes=2000)
    headers = b"x-%b: 1\r\n" % (b"n" * name_size) + b"x-more: value\r\n" * count
    data = b"HTTP/1.1 200 OK\r\n" + headers + (b"content-length: 0\r\n\r\n" if finished else b"")
    size = name_size + 3 + count * len("x-morevalue") + len("content-length0")
    if finished and size <= limits.max_header_bytes:
        response, _ = receive(split(data, cuts), eof=True, limits=limits)
        assert sum(len(name) + len(value) for name, value in response.headers) == size
        return
    with pytest.raises(TransportError) as caught:
        receive(split(data, cuts), eof=True, limits=limits)
    assert caught.value.kind is TransportErrorKind.TOO_LARGE or not finished
