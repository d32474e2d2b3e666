"""A scene as a file: SVG by hand, the pixel formats by Pillow. Where Pillow is not installed, all is SVG."""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from subgraphs.products.media.scene import Color, Ellipse, Polygon, Scene

_SUPERSAMPLING: Final = 2
_QUALITY: Final = 82
_MEDIA_TYPES: Final = {
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "avif": "image/avif",
    "jpeg": "image/jpeg",
    "png": "image/png",
}

HAS_PILLOW: Final = find_spec("PIL") is not None


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """A file's bytes and their media type."""

    content: bytes
    media_type: str


def render(scene: Scene, edge: int, file_format: str) -> EncodedImage:
    """The scene as a square of ``edge`` pixels. CPU-bound: tens of milliseconds for large edges."""
    if file_format == "svg" or not HAS_PILLOW:
        return EncodedImage(_svg(scene, edge).encode(), _MEDIA_TYPES["svg"])
    return EncodedImage(_raster(scene, edge, file_format), _MEDIA_TYPES[file_format])


def _svg(scene: Scene, edge: int) -> str:
    shapes = "".join(_svg_shape(shape) for shape in scene.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{edge}" height="{edge}" viewBox="0 0 1000 1000">'
        f'<rect width="1000" height="1000" fill="{_hex(scene.backdrop)}"/>{shapes}</svg>'
    )


def _svg_shape(shape: Polygon | Ellipse) -> str:
    if isinstance(shape, Polygon):
        points = " ".join(f"{x * 1000:.1f},{y * 1000:.1f}" for x, y in shape.points)
        return f'<polygon points="{points}" fill="{_hex(shape.color)}"/>'
    rx, ry = (shape.right - shape.left) * 500, (shape.bottom - shape.top) * 500
    cx, cy = (shape.right + shape.left) * 500, (shape.bottom + shape.top) * 500
    return f'<ellipse cx="{cx:.1f}" cy="{cy:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{_hex(shape.color)}"/>'


def _raster(scene: Scene, edge: int, file_format: str) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- an optional extra

    size = edge * _SUPERSAMPLING
    canvas = Image.new("RGB", (size, size), scene.backdrop)
    draw = ImageDraw.Draw(canvas)
    for shape in scene.shapes:
        if isinstance(shape, Polygon):
            draw.polygon([(x * size, y * size) for x, y in shape.points], fill=shape.color)
        else:
            box = (shape.left * size, shape.top * size, shape.right * size, shape.bottom * size)
            draw.ellipse(box, fill=shape.color)
    scaled = canvas.resize((edge, edge), Image.Resampling.BOX)
    encoded = io.BytesIO()
    scaled.save(encoded, format=file_format.upper(), quality=_QUALITY)
    return encoded.getvalue()


def _hex(color: Color) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)
