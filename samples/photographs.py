"""Photographs of samples: paper lying askew on a desk, seen at an angle, with a shadow over it."""

from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from samples.pictures import drawn

Corners = list[tuple[float, float]]
"""Top left, top right, bottom right, bottom left."""


@dataclass(frozen=True, slots=True)
class Camera:
    """
    How a page is photographed.

    ``turned_degrees`` is how far the paper lies askew, ``tilt`` by which share of its width the far
    edge is shorter, ``shadow`` how much light is missing where it is darkest.
    """

    dpi: int = 220
    turned_degrees: float = 4.0
    tilt: float = 0.06
    shadow: float = 0.35
    noise: float = 4.0
    seed: int = 0


def photographed(pdf: bytes, camera: Camera = Camera()) -> bytes:
    """Photograph the first page of a sample; the same bytes each time."""
    page = drawn(pdf, camera.dpi)[0].convert("L")
    picture = _shadowed(_on_desk(page, camera), camera)
    target = BytesIO()
    picture.save(target, "JPEG", quality=88)
    return target.getvalue()


def corners_on_photograph(page: Image.Image, camera: Camera) -> tuple[Corners, tuple[int, int]]:
    """Say where the paper's corners lie, and how large the photograph is."""
    width, height = page.size
    desk = round(width * 1.25), round(height * 1.2)
    short = camera.tilt * width / 2
    flat = [(short, 0.0), (width - short, 0.0), (width, height), (0.0, height)]
    angle = np.radians(camera.turned_degrees)
    middle = np.array([width / 2, height / 2])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    placed = [turn @ (np.array(corner) - middle) + np.array(desk) / 2 for corner in flat]
    return [(float(x), float(y)) for x, y in placed], desk


def _on_desk(page: Image.Image, camera: Camera) -> Image.Image:
    corners, desk = corners_on_photograph(page, camera)
    width, height = page.size
    back = _projection(corners, [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)])
    paper = page.transform(desk, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC, fillcolor=0)
    covered = Image.new("L", page.size, 255).transform(desk, Image.Transform.PERSPECTIVE, back)
    return Image.composite(paper, Image.new("L", desk, 70), covered)


def _projection(places: Corners, sources: Corners) -> list[float]:
    """Solve for the eight numbers of PIL's perspective, which leads from ``places`` to ``sources``."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(places, sources, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return [float(number) for number in np.linalg.solve(np.array(rows), np.array(wanted))]


def _shadowed(picture: Image.Image, camera: Camera) -> Image.Image:
    dice = np.random.default_rng(Random(camera.seed).randrange(2**32))
    soft = picture.filter(ImageFilter.GaussianBlur(0.6))
    pixels: np.ndarray[Any, Any] = np.asarray(soft, dtype=np.float32)
    rows, columns = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]]
    across = (columns / pixels.shape[1] + rows / pixels.shape[0]) / 2
    light = 1.0 - camera.shadow * np.clip(1.6 * across - 0.3, 0.0, 1.0)
    grainy = pixels * light * 0.92 + dice.normal(0.0, camera.noise, pixels.shape)
    return Image.fromarray(np.clip(grainy, 0, 255).astype(np.uint8))
