"""Following a supergraph: what is read at start, what counts as new, what survives a source that is away."""

from __future__ import annotations

import pytest

from gateway.download import Document, DownloadFailed
from gateway.errors import StartupError
from gateway.registry_client import FileSource, RegistryClient, SourceUnavailable, UrlSource

POLL = 0.001


class Registry:
    """An HTTP registry that answers 304 to the ETag it gave last."""

    def __init__(self, text):
        self.text = text
        self.fails = False
        self.asked = []

    async def __call__(self, url, *, etag=None, headers=None):
        self.asked.append((url, etag, dict(headers or {})))
        if self.fails:
            raise DownloadFailed("the registry is away")
        if etag == f'"{self.text}"':
            return None
        return Document(self.text.encode(), f'"{self.text}"')


async def test_a_file_is_read_and_read_again_when_it_changes(tmp_path):
    file = tmp_path / "supergraph.graphql"
    file.write_text("one")
    registry = RegistryClient(FileSource(file), poll_seconds=POLL, last_good_file=None)

    assert await registry.first() == "one"
    file.write_text("second")
    assert await anext(registry.changes()) == "second"


async def test_a_file_replaced_by_rename_is_noticed_and_one_rewritten_alike_is_not(tmp_path):
    file, new = tmp_path / "supergraph.graphql", tmp_path / "new.graphql"
    file.write_text("one")
    source = FileSource(file)

    assert await source.read() == "one"
    new.write_text("one")
    new.replace(file)
    assert await source.read() is None
    new.write_text("two")
    new.replace(file)
    assert await source.read() == "two"
    assert await source.read() is None


async def test_a_url_is_asked_with_its_etag_and_credentials():
    registry = Registry("one")
    source = UrlSource("http://registry/supergraph", registry, {"x-key": "secret"})

    assert await source.read() == "one"
    assert await source.read() is None
    registry.text = "two"
    assert await source.read() == "two"
    assert registry.asked == [
        ("http://registry/supergraph", etag, {"x-key": "secret"}) for etag in (None, '"one"', '"one"')
    ]


async def test_a_source_that_is_away_keeps_what_is_in_service():
    registry = Registry("one")
    client = RegistryClient(UrlSource("http://registry", registry, {}), poll_seconds=POLL, last_good_file=None)
    await client.first()
    registry.fails = True
    with pytest.raises(SourceUnavailable):
        await UrlSource("http://registry", registry, {}).read()

    changes = client.changes()
    registry.fails, registry.text = False, "two"
    assert await anext(changes) == "two"


async def test_the_last_good_supergraph_survives_a_restart_without_registry(tmp_path):
    kept = tmp_path / "last-good.graphql"
    registry = Registry("one")
    client = RegistryClient(UrlSource("http://registry", registry, {}), poll_seconds=POLL, last_good_file=kept)
    client.keep(await client.first())
    registry.fails = True

    restarted = RegistryClient(UrlSource("http://registry", registry, {}), poll_seconds=POLL, last_good_file=kept)

    assert await restarted.first() == "one"


@pytest.mark.parametrize("make", ["missing", "folder", "not text"])
async def test_a_file_that_cannot_be_read_is_one_line(tmp_path, make):
    file = tmp_path / "supergraph.graphql"
    if make == "folder":
        file.mkdir()
    elif make == "not text":
        file.write_bytes(b"\xff\xfe")

    with pytest.raises(StartupError) as caught:
        await RegistryClient(FileSource(file), poll_seconds=0, last_good_file=None).first()

    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)
