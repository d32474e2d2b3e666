"""Documents of the control plane, from a real server."""

from __future__ import annotations

import asyncio

import pytest

from gateway.download import Document, DownloadFailed, download


@pytest.fixture
async def server():
    """Answers every request with the given bytes; gives the URL and the heads seen."""
    servers = []

    async def start(answer):
        heads = []

        async def handle(reader, writer):
            heads.append((await reader.readuntil(b"\r\n\r\n")).decode().lower())
            writer.write(answer)
            await writer.drain()
            writer.close()

        started = await asyncio.start_server(handle, "127.0.0.1", 0)
        servers.append(started)
        return f"http://127.0.0.1:{started.sockets[0].getsockname()[1]}/keys", heads

    yield start
    for each in servers:
        each.close()


async def test_a_document_with_its_etag(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    url, heads = await server(b'HTTP/1.1 200 OK\r\netag: "a"\r\ncontent-length: 2\r\n\r\nok')

    assert await download(url, etag='"b"', headers={"X-Key": "k"}) == Document(b"ok", '"a"')
    assert 'if-none-match: "b"' in heads[0]
    assert "x-key: k" in heads[0]


async def test_not_modified(server):
    url, _ = await server(b"HTTP/1.1 304 Not Modified\r\n\r\n")

    assert await download(url, etag='"a"') is None


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        b"not http\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort",
    ],
    ids=["error", "redirect", "garbage", "nothing", "cut short"],
)
async def test_what_is_no_document(server, answer):
    url, _ = await server(answer)

    with pytest.raises(DownloadFailed) as caught:
        await download(url)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://127.0.0.1:1/"])
async def test_urls_that_lead_nowhere(url):
    with pytest.raises(DownloadFailed):
        await download(url)
