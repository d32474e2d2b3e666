"""The client against a live server: pooling, bounds, second tries, time, TLS, IPv6."""

import asyncio
import contextlib
import datetime as dt
import ipaddress
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.executor.transport import TransportError, TransportErrorKind
from gateway.http_client import ClientLimits, HttpClient

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


@pytest.fixture
async def client():
    client = HttpClient()
    yield client
    await client.close()


async def test_sends_the_request_and_reuses_the_connection(client, answering, request_to):
    async with answering(OK) as server:
        request = request_to(server, headers=(("content-type", "application/json"), ("authorization", "Bearer é")))
        for _ in range(3):
            response = await client.send(request)
            assert (response.status, response.body) == (200, b"{}")
        assert server.connections == 1
        assert server.requests[0].startswith(b"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:")
        assert "\r\nauthorization: Bearer é\r\n".encode("latin-1") in server.requests[0]
        assert server.requests[0].endswith(b'content-length: 15\r\n\r\n{"query":"{a}"}')


async def test_exchanges_at_once_take_connections_of_their_own(client, raw_server, read_one_request, request_to):
    arrived = asyncio.Barrier(4)

    async def handle(reader, writer, state) -> None:
        while await read_one_request(reader):
            await arrived.wait()
            writer.write(OK)

    async with raw_server(handle) as server:
        await asyncio.gather(*(client.send(request_to(server)) for _ in range(4)))
        assert server.connections == 4


async def test_the_connection_bound_makes_exchanges_wait_in_order(answering, request_to):
    client = HttpClient(ClientLimits(max_connections_per_origin=2))
    async with answering(OK) as server:
        bodies = [b'{"query":"%d"}' % number for number in range(20)]
        await asyncio.gather(*(client.send(request_to(server, body=body)) for body in bodies))
        assert server.connections == 2
        assert sorted(request.rsplit(b"\r\n", 1)[1] for request in server.requests) == sorted(bodies)
    await client.close()


async def test_past_the_bound_on_waiting_a_request_fails_at_once(raw_server, read_one_request, request_to):
    client = HttpClient(ClientLimits(max_connections_per_origin=1, max_waiting_per_origin=1))
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def handle(reader, writer, state) -> None:
        while await read_one_request(reader):
            arrived.set()
            await go_on.wait()
            writer.write(OK)

    async with raw_server(handle) as server, asyncio.TaskGroup() as tasks:
        tasks.create_task(client.send(request_to(server)))
        await arrived.wait()
        tasks.create_task(client.send(request_to(server)))
        await asyncio.sleep(0)
        with pytest.raises(TransportError) as caught:
            await client.send(request_to(server))
        assert caught.value.kind is TransportErrorKind.CONNECT
        go_on.set()
    await client.close()


async def test_a_cancelled_waiter_does_not_lose_the_connection(raw_server, read_one_request, request_to):
    client = HttpClient(ClientLimits(max_connections_per_origin=1))
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def handle(reader, writer, state) -> None:
        while await read_one_request(reader):
            arrived.set()
            await go_on.wait()
            writer.write(OK)

    async with raw_server(handle) as server:
        first = asyncio.create_task(client.send(request_to(server)))
        await arrived.wait()
        second = asyncio.create_task(client.send(request_to(server)))
        third = asyncio.create_task(client.send(request_to(server)))
        await asyncio.sleep(0)
        second.cancel()
        go_on.set()
        assert (await first).status == (await third).status == 200
        assert server.connections == 1
    await client.close()


async def closing_after_the_first(reader, writer, read_one_request, go_on: asyncio.Event, state) -> None:
    """Answers one request per connection; the next one on it meets a close without a byte."""
    await read_one_request(reader)
    writer.write(OK)
    state.requests.append(b"answered")
    await read_one_request(reader)
    go_on.set()


async def test_a_stale_connection_is_retried_once_for_queries(client, raw_server, read_one_request, request_to):
    seen = asyncio.Event()

    async def handle(reader, writer, state) -> None:
        await closing_after_the_first(reader, writer, read_one_request, seen, state)

    async with raw_server(handle) as server:
        await client.send(request_to(server))
        assert (await client.send(request_to(server, idempotent=True))).status == 200
        assert seen.is_set()
        assert server.connections == 2


async def test_a_stale_connection_is_an_error_for_mutations(client, raw_server, read_one_request, request_to):
    seen = asyncio.Event()

    async def handle(reader, writer, state) -> None:
        await closing_after_the_first(reader, writer, read_one_request, seen, state)

    async with raw_server(handle) as server:
        await client.send(request_to(server))
        with pytest.raises(TransportError) as caught:
            await client.send(request_to(server, idempotent=False))
        assert caught.value.kind is TransportErrorKind.CLOSED
        assert server.connections == 1


async def test_no_second_try_once_a_byte_has_come(client, raw_server, read_one_request, request_to):
    async def handle(reader, writer, state) -> None:
        await read_one_request(reader)
        writer.write(OK)
        await read_one_request(reader)
        writer.write(b"H")
        await writer.drain()

    async with raw_server(handle) as server:
        await client.send(request_to(server))
        with pytest.raises(TransportError) as caught:
            await client.send(request_to(server, idempotent=True))
        assert caught.value.kind is TransportErrorKind.CLOSED
        assert server.connections == 1


async def test_a_fresh_connection_that_closes_is_no_stale_one(client, raw_server, read_one_request, request_to):
    async def handle(reader, writer, state) -> None:
        await read_one_request(reader)

    async with raw_server(handle) as server:
        with pytest.raises(TransportError) as caught:
            await client.send(request_to(server, idempotent=True))
        assert caught.value.kind is TransportErrorKind.CLOSED
        assert server.connections == 1


async def test_a_connection_the_server_closed_while_idle_is_not_used(client, raw_server, read_one_request, request_to):
    closed = asyncio.Event()

    async def handle(reader, writer, state) -> None:
        await read_one_request(reader)
        writer.write(OK)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        closed.set()

    async with raw_server(handle) as server:
        await client.send(request_to(server))
        await closed.wait()
        assert (await client.send(request_to(server, idempotent=True))).status == 200


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"])
async def test_silence_ends_with_the_time_given(client, raw_server, read_one_request, request_to, sent):
    over = asyncio.Event()

    async def handle(reader, writer, state) -> None:
        await read_one_request(reader)
        writer.write(sent)
        await over.wait()

    async with raw_server(handle) as server:
        with pytest.raises(TransportError) as caught:
            await client.send(request_to(server, timeout_ms=50))
        assert caught.value.kind is TransportErrorKind.TIMEOUT
        over.set()


async def test_slow_bytes_do_not_stretch_the_time_given(client, raw_server, read_one_request, request_to):
    async def handle(reader, writer, state) -> None:
        await read_one_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(0.005)

    async with raw_server(handle) as server:
        with pytest.raises(TransportError) as caught:
            await client.send(request_to(server, timeout_ms=60))
        assert caught.value.kind is TransportErrorKind.TIMEOUT


async def test_cancelling_closes_the_connection(client, raw_server, read_one_request, request_to):
    arrived, gone = asyncio.Event(), asyncio.Event()

    async def handle(reader, writer, state) -> None:
        await read_one_request(reader)
        arrived.set()
        with contextlib.suppress(ConnectionError):
            await reader.read()
        gone.set()

    async with raw_server(handle) as server:
        sending = asyncio.create_task(client.send(request_to(server)))
        await arrived.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await gone.wait()


async def test_nobody_listening_is_a_connect_error(client, answering, request_to):
    async with answering(OK) as server:
        request = request_to(server)
    with pytest.raises(TransportError) as caught:
        await client.send(request)
    assert caught.value.kind is TransportErrorKind.CONNECT


async def test_an_early_answer_to_a_large_body_is_kept(client, raw_server, request_to):
    async def handle(reader, writer, state) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n")
        await reader.read()

    async with raw_server(handle) as server:
        response = await client.send(request_to(server, body=b"x" * 20_000_000))
        assert response.status == 413


async def test_closing_fails_what_is_under_way(raw_server, read_one_request, request_to):
    client = HttpClient()
    arrived = asyncio.Event()

    async def handle(reader, writer, state) -> None:
        await read_one_request(reader)
        arrived.set()
        await reader.read()

    async with raw_server(handle) as server:
        sending = asyncio.create_task(client.send(request_to(server)))
        await arrived.wait()
        await client.close()
        with pytest.raises(TransportError) as caught:
            await sending
        assert caught.value.kind is TransportErrorKind.CLOSED
        with pytest.raises(TransportError):
            await client.send(request_to(server))


@pytest.mark.parametrize(
    "headers",
    [
        (("x-a", "1\r\nx-b: 2"),),
        (("x-a", "1\n"),),
        (("x-a\r\nx-b", "1"),),
        (("x a", "1"),),
        (("", "1"),),
        (("x-a", "\x00"),),
        (("x-a", "snow ☃"),),
    ],
)
async def test_a_header_cannot_break_out_of_its_line(client, answering, request_to, headers):
    async with answering(OK) as server:
        with pytest.raises(TransportError) as caught:
            await client.send(request_to(server, headers=headers))
        assert caught.value.kind is TransportErrorKind.MALFORMED
        assert server.requests == []


async def test_framing_headers_of_the_caller_are_left_out(client, answering, request_to):
    async with answering(OK) as server:
        await client.send(request_to(server, headers=(("content-length", "3"), ("transfer-encoding", "chunked"))))
        assert server.requests[0].count(b"content-length") == 1
        assert b"transfer-encoding" not in server.requests[0]


@pytest.mark.parametrize(
    "url", ["", "ftp://a/", "/graphql", "http://", "http://a b/", "http://a:x/", "http://a/\r\nx: 1"]
)
async def test_bad_urls_are_refused(client, answering, request_to, url):
    async with answering(OK) as server:
        server.url = url
        with pytest.raises(TransportError) as caught:
            await client.send(request_to(server))
        assert caught.value.kind in {TransportErrorKind.MALFORMED, TransportErrorKind.CONNECT}


async def test_redirects_are_not_followed(client, answering, request_to):
    async with answering(b"HTTP/1.1 302 Found\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n") as server:
        assert (await client.send(request_to(server))).status == 302
        assert len(server.requests) == 1


async def test_ipv6(client, answering, request_to):
    async with answering(OK, host="::1") as server:
        assert (await client.send(request_to(server))).status == 200
        assert b"\r\nhost: [::1]:" in server.requests[0]


async def test_tls_is_verified(answering, request_to, certificate):
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate)
    async with answering(OK, ssl=server_side) as server:
        trusting = HttpClient(ssl_context=ssl.create_default_context(cafile=certificate))
        assert (await trusting.send(request_to(server))).status == 200
        await trusting.close()
        doubting = HttpClient()
        with pytest.raises(TransportError) as caught:
            await doubting.send(request_to(server))
        assert caught.value.kind is TransportErrorKind.CONNECT
        await doubting.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A self-signed certificate for 127.0.0.1, key and certificate in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path
