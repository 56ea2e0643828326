"""Pictures on their way into the site: measured, freed of what cameras write into them, made smaller."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, ImageSequence

from digest.model.pictures import Sized

RECIPE = 2
"""Counts the ways in which pictures have been made so far: another one makes all of them anew."""

MOST_BYTES = 50 * 1024 * 1024
MOST_PIXELS = 50_000_000  # of one frame; 150 MB in memory
_MOST_IN_ALL = 200_000_000  # of all frames
_WIDTHS = (480, 960, 1440)
_WIDEST = 1920
_TALLEST_WEBP = 16_383
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")


class UnreadableError(Exception):
    """A picture that cannot be read; says why."""


class TooLargeError(Exception):
    """A picture that would take too much memory or time; says how large it is."""


def measured(data: bytes, *, smaller: bool) -> Sized:
    """A picture's size, turned upright, with the widths of its copies where `smaller` ones are wanted; moving pictures
    have none. Raises UnreadableError and TooLargeError."""
    with _opened(data) as image:
        width, height = image.size
        if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):  # its orientation: lying on its side
            width, height = height, width
        moving = _moves(image)
    if moving or not smaller:
        return Sized(width, height)
    widest = min(width, _WIDEST)
    wanted = (*(w for w in _WIDTHS if w * 1.25 < widest), widest)
    return Sized(width, height, tuple(w for w in wanted if _height(width, height, w) <= _TALLEST_WEBP))


def tidied(data: bytes) -> bytes:
    """A picture in its own format, upright, with its colour profile and without anything else that was said in it:
    where it was taken, when, with what, by whom. Raises as `measured`."""
    with _opened(data) as image:
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
        if _moves(image):
            return _moving(image, kind, options)
        as_it_is = image.getexif().get(0x0112, 1) == 1
        if kind == "JPEG":
            options |= {"quality": "keep" if as_it_is and image.format == "JPEG" else 92, "optimize": True}
        elif kind in ("WEBP", "AVIF"):
            options |= {"quality": 92}
        return _saved(image if as_it_is else ImageOps.exif_transpose(image), kind, options)


def shrunk(data: bytes, widths: tuple[int, ...]) -> Iterator[bytes]:
    """A picture's copies in WebP, one for each width. Raises as `measured`."""
    with _opened(data) as opened:
        image = ImageOps.exif_transpose(opened)
        profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA", "P") else None
        if image.mode.startswith("I"):  # grey of 16 bits, which a conversion would cut off above 255
            image = image.convert("I").point(lambda value: value / 256).convert("L")
        mode = "RGBA" if image.has_transparency_data else "RGB"
        image = image if image.mode == mode else image.convert(mode)
        for width in widths:
            size = width, _height(*image.size, width)
            made = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
            yield _saved(made, "WEBP", {"quality": 80, "method": 4, "icc_profile": profile})


def _moves(image: Image.Image) -> bool:
    """Whether it has frames that follow each other; what phones put behind a photo (MPO) is none."""
    return image.format != "MPO" and getattr(image, "n_frames", 1) > 1


def _height(width: int, height: int, other: int) -> int:
    return max(round(height * other / width), 1)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """An open picture; whatever goes wrong with it is one of our errors."""
    if len(data) > MOST_BYTES:
        raise TooLargeError(f"{len(data) / 1024 / 1024:.0f} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what may be wrong with a picture's notes, which nobody will see
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                _refuse_large(image)
                yield image
    except Image.DecompressionBombError as error:
        raise TooLargeError(str(error)) from error
    except TooLargeError:
        raise
    except Exception as error:  # the library's readers raise nearly everything
        raise UnreadableError(str(error) or type(error).__name__) from error


def _refuse_large(image: Image.Image) -> None:
    across, down = image.size
    frames = getattr(image, "n_frames", 1)
    if across * down > MOST_PIXELS or across * down * frames > _MOST_IN_ALL:
        raise TooLargeError(f"{across} × {down} pixels" + (f" in {frames} frames" if frames > 1 else ""))


def _saved(image: Image.Image, kind: str, options: dict[str, Any]) -> bytes:
    image.load()
    if kind != "JPEG" or "keep" not in options.values():
        image = image.copy()
    transparency = image.info.get("transparency")
    image.info = {}  # the writers take over what stands there
    if transparency is not None:
        image.info["transparency"] = transparency
    made = BytesIO()
    image.save(made, kind, **{name: value for name, value in options.items() if value is not None})
    return made.getvalue()


def _moving(image: Image.Image, kind: str, options: dict[str, Any]) -> bytes:
    loop = image.info.get("loop")
    frames, times = [], []
    for frame in ImageSequence.Iterator(image):
        still = ImageOps.exif_transpose(frame.convert("RGBA"))
        times.append(frame.info.get("duration", 100))  # some readers know it only now
        still.info = {}
        frames.append(still)
    more = {"save_all": True, "append_images": frames[1:], "duration": times, "loop": loop, "disposal": 2}
    if kind not in ("GIF", "PNG"):
        more.pop("disposal")
    return _saved(frames[0], kind, {**options, **more})
