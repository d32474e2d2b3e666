"""What a picture shows, as flat shapes in a unit square; no pixels and no file formats here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from subgraphs.products.media.address import Picture
from subgraphs.products.media.silhouettes import SILHOUETTES

Color: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]

_BACKDROPS: Final[Sequence[Color]] = (
    (244, 240, 233),
    (235, 240, 240),
    (240, 236, 242),
    (238, 241, 233),
    (243, 238, 236),
)


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled polygon."""

    points: tuple[Point, ...]
    color: Color


@dataclass(frozen=True, slots=True)
class Ellipse:
    """A filled ellipse in the box from (left, top) to (right, bottom)."""

    left: float
    top: float
    right: float
    bottom: float
    color: Color


@dataclass(frozen=True, slots=True)
class Scene:
    """Shapes over a backdrop, painted in order."""

    backdrop: Color
    shapes: tuple[Polygon | Ellipse, ...]


def compose_scene(picture: Picture) -> Scene | None:
    """The scene of a picture, the same for ever; None for a kind that nobody has drawn."""
    parts = SILHOUETTES.get(picture.kind)
    if parts is None:
        return None
    variation = hashlib.sha256(picture.image_id.encode()).digest()
    backdrop = _BACKDROPS[variation[0] % len(_BACKDROPS)]
    color = _color(picture.color)
    scale = 0.88 + variation[1] / 255 * 0.12
    mirrored = variation[2] % 2 == 1
    shadow = Ellipse(0.22, 0.80, 0.78, 0.88, _shade(backdrop, 0.90))
    shapes = tuple(_placed(shape, color, scale, mirrored) for shape in parts)
    return Scene(backdrop, (shadow, *shapes))


def _placed(
    part: tuple[str, float, tuple[float, ...]], color: Color, scale: float, mirrored: bool
) -> Polygon | Ellipse:
    """A part is (form, shade, numbers): ``p`` x y x y …, ``e`` left top right bottom; shade 1 is the plain colour."""
    form, shade, numbers = part

    def x(value: float) -> float:
        centred = (value - 0.5) * scale
        return 0.5 - centred if mirrored else 0.5 + centred

    def y(value: float) -> float:
        return 0.84 + (value - 0.84) * scale

    painted = _shade(color, shade)
    if form == "e":
        left, top, right, bottom = numbers
        ellipse = Ellipse(x(left), y(top), x(right), y(bottom), painted)
        return replace(ellipse, left=ellipse.right, right=ellipse.left) if mirrored else ellipse
    return Polygon(tuple((x(a), y(b)) for a, b in zip(numbers[::2], numbers[1::2], strict=True)), painted)


def _color(hexadecimal: str) -> Color:
    red, green, blue = bytes.fromhex(hexadecimal)
    return red, green, blue


def _shade(color: Color, factor: float) -> Color:
    """Darker below 1, mixed towards white above it."""
    red, green, blue = (
        round(part * factor) if factor <= 1 else round(part + (255 - part) * (factor - 1)) for part in color
    )
    return red, green, blue
