"""Pictures: drawn from their path alone, bounded, cacheable, and nothing else can be named."""

import io
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette

from shared.demo import Catalogue
from subgraphs.products.media import render as rendering
from subgraphs.products.media.address import Transform, image_url
from subgraphs.products.media.routes import media_routes
from subgraphs.products.media.silhouettes import SILHOUETTES

PATH = "chair-22385c-img_01JGFJJZ00GQSB7ZSNDCXMKYWD"


@pytest.fixture
async def web():
    transport = httpx.ASGITransport(app=Starlette(routes=media_routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://media") as client:
        yield client


@pytest.mark.parametrize(
    ("extension", "pillow_name"), [("webp", "WEBP"), ("jpeg", "JPEG"), ("png", "PNG"), ("avif", "AVIF")]
)
async def test_each_format_in_the_size_asked_for(web, extension, pillow_name):
    response = await web.get(f"/media/{PATH}.{extension}?w=120&h=80")
    assert response.status_code == 200
    assert response.headers["content-type"] == f"image/{extension}"
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.format == pillow_name
        assert image.size == (80, 80)


async def test_it_is_never_enlarged(web):
    response = await web.get(f"/media/{PATH}.png?w=2048")
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.size == (1600, 1600)


async def test_the_same_path_is_the_same_picture_for_ever(web):
    first, again = [await web.get(f"/media/{PATH}.webp?w=64") for _ in range(2)]
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    assert "immutable" in first.headers["cache-control"]
    unchanged = await web.get(f"/media/{PATH}.webp?w=64", headers={"if-none-match": first.headers["etag"]})
    assert unchanged.status_code == 304
    assert unchanged.content == b""
    other_size = await web.get(f"/media/{PATH}.webp?w=65")
    assert other_size.headers["etag"] != first.headers["etag"]
    other_image = await web.get(f"/media/{PATH[:-1]}E.webp?w=64")
    assert other_image.content != first.content


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..%2F..%2Fetc%2Fpasswd",
        f"{PATH}.gif",
        f"{PATH}.webp.png",
        f"{PATH}",
        "dragon-22385c-img_01JGFJJZ00GQSB7ZSNDCXMKYWD.webp",
        "chair-22385C-img_01JGFJJZ00GQSB7ZSNDCXMKYWD.webp",
        "chair-22385c-img_short.webp",
        f"{PATH}.webp%00",
        f"{PATH}.webp%0a",
        "a" * 5000,
    ],
)
async def test_any_other_name_is_not_found(web, name):
    assert (await web.get(f"/media/{name}")).status_code == 404


@pytest.mark.parametrize("size", ["0", "-1", "2049", "99999999999", "1e3", "٣", "", " 5", "x"])
async def test_sizes_out_of_bounds_are_refused(web, size):
    assert (await web.get(f"/media/{PATH}.webp", params={"w": size})).status_code == 400


async def test_only_reading_is_allowed(web):
    assert (await web.post(f"/media/{PATH}.webp")).status_code == 405


async def test_an_svg_runs_no_script(web):
    response = await web.get(f"/media/{PATH}.svg")
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.headers["content-security-policy"] == "default-src 'none'"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert b"<script" not in response.content


async def test_without_pillow_every_picture_is_an_svg(web, monkeypatch):
    monkeypatch.setattr(rendering, "HAS_PILLOW", False)
    response = await web.get(f"/media/{PATH}.webp?w=50")
    assert response.headers["content-type"] == "image/svg+xml"


async def test_every_picture_of_the_demo_can_be_drawn(web):
    images = [image for chunk in Catalogue(300).products() for product in chunk for image in product.images]
    assert {image.path.split("-")[0] for image in images} == set(SILHOUETTES)
    for image in images[:40]:
        url = urlsplit(image_url("http://media/media", image.path, Transform(max_width=32)))
        response = await web.get(f"{url.path}?{url.query}")
        assert response.status_code == 200
        assert len(response.content) > 50


@pytest.mark.engine("postgres", "typesense")
async def test_transforms_become_parameters(client, demo):
    query = """query ($id: ID!, $t: ImageTransformInput) { product(id: $id) { featuredImage { url(transform: $t) alt } } }"""
    plain = await client.execute(query, {"id": demo[0].id})
    assert plain.data["product"]["featuredImage"]["url"] == f"https://cdn.example/media/{demo[0].images[0].path}.webp"
    transform = {"maxWidth": 400, "maxHeight": 300, "format": "AVIF"}
    small = await client.execute(query, {"id": demo[0].id, "t": transform})
    assert small.data["product"]["featuredImage"]["url"].endswith(".avif?w=400&h=300")
    for wrong in ({"maxWidth": 0}, {"maxWidth": 2049}, {"maxHeight": -1}):
        assert (await client.execute(query, {"id": demo[0].id, "t": wrong})).codes == ["BAD_USER_INPUT"]
