"""Pictures: measured, freed of what cameras write into them, made smaller."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from digest.model.pictures import Sized
from digest.render import pictures
from digest.render.pictures import TooLargeError, UnreadableError, measured, shrunk, tidied

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def photo(kind: str, *, orientation: int = 1, size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    """A picture as cameras write it: with the place where it was taken, and the camera's name."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Camera of Somebody"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (50.0, 27.0, 1.0)
    made = BytesIO()
    image.save(made, kind, exif=exif.tobytes(), icc_profile=PROFILE, xmp=b"<x>Camera of Somebody</x>", **more)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_that_a_camera_wrote_is_left_but_the_colour_profile(kind: str) -> None:
    data = photo(kind)
    assert b"Camera of Somebody" in data
    assert opened(data).getexif().get_ifd(0x8825)
    for made in (tidied(data), *shrunk(data, (30, 60))):
        assert b"Camera of Somebody" not in made
        assert dict(opened(made).getexif()) == {}
        assert not opened(made).info.keys() & {"exif", "xmp", "comment", "XML:com.adobe.xmp"}
        assert opened(made).info["icc_profile"] == PROFILE
    assert opened(tidied(data)).format == kind


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_that_was_turned_stands_upright(orientation: int) -> None:
    data = photo("JPEG", orientation=orientation)
    made = opened(tidied(data))
    size = (40, 60) if orientation > 4 else (60, 40)
    assert made.size == size
    assert measured(data, smaller=False) == Sized(*size)
    corners = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
    across, down = corners[orientation]
    red = made.convert("RGB").getpixel((4 + across * (size[0] - 9), 4 + down * (size[1] - 9)))
    assert isinstance(red, tuple)
    assert red[0] > 150 > red[1] + 60


def test_a_comment_goes_too() -> None:
    made = BytesIO()
    Image.new("P", (9, 9)).save(made, "GIF", comment=b"by Somebody")
    assert b"Somebody" in made.getvalue()
    assert b"Somebody" not in tidied(made.getvalue())


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_a_moving_picture_keeps_its_frames_and_times(kind: str) -> None:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "green", "blue")]
    made = BytesIO()
    frames[0].save(made, kind, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0)
    data = made.getvalue()
    assert measured(data, smaller=True) == Sized(20, 10)
    after = opened(tidied(data))
    times = []
    for place in range(getattr(after, "n_frames", 1)):
        after.seek(place)
        after.load()
        times.append(after.info["duration"])
    assert times == [100, 200, 300]


def test_copies_are_narrower_and_none_is_nearly_the_picture_itself() -> None:
    def widths(width: int) -> tuple[int, ...]:
        return measured(photo("JPEG", size=(width, 20)), smaller=True).widths

    assert widths(300) == (300,)
    assert widths(500) == (500,)
    assert widths(1000) == (480, 1000)
    assert widths(3000) == (480, 960, 1440, 1920)
    assert measured(photo("JPEG", size=(3000, 20)), smaller=False).widths == ()


@given(st.integers(1, 80), st.integers(1, 80), st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "I;16"]))
@settings(max_examples=30, deadline=None)
def test_the_same_picture_gives_the_same_bytes_in_its_own_size(width: int, height: int, mode: str) -> None:
    made = BytesIO()
    Image.new(mode, (width, height)).save(made, "PNG")
    data = made.getvalue()
    sized = measured(data, smaller=True)
    assert (sized.width, sized.height) == (width, height) == opened(tidied(data)).size
    assert tidied(data) == tidied(data)
    copies = list(shrunk(data, sized.widths))
    assert [opened(copy).size[0] for copy in copies] == list(sized.widths)
    assert copies == list(shrunk(data, sized.widths))


# The colour profile in photo() holds the second in which it was made, so that its bytes can name no test.
@pytest.mark.parametrize(
    "data", [b"", b"png", b"\xff\xd8\xff", b"GIF89a", b"<svg/>", pytest.param(photo("PNG")[:60], id="cut off")]
)
def test_what_is_no_picture_cannot_be_read(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        measured(data, smaller=True)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_cut_off_cannot_be_read(kind: str) -> None:
    data = photo(kind, size=(300, 300))
    with pytest.raises(UnreadableError):
        tidied(data[: len(data) - 200])


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    made = BytesIO()
    Image.new("1", (10_000, 10_000)).save(made, "PNG")
    assert len(made.getvalue()) < 1_000_000
    for do in (lambda d: measured(d, smaller=True), tidied, lambda d: list(shrunk(d, (480,)))):
        with pytest.raises(TooLargeError):
            do(made.getvalue())
    monkeypatch.setattr(pictures, "MOST_BYTES", 10)
    with pytest.raises(TooLargeError, match="MB"):
        measured(photo("PNG"), smaller=True)


def test_a_photo_with_more_pictures_behind_it_has_copies_as_any_other() -> None:
    made, behind = BytesIO(), Image.new("RGB", (60, 40))
    opened(photo("JPEG", size=(1000, 40))).save(made, "MPO", save_all=True, append_images=[behind])
    data = made.getvalue()
    assert opened(data).format == "MPO"
    assert measured(data, smaller=True) == Sized(1000, 40, (480, 1000))
    assert opened(tidied(data)).format == "JPEG"


def test_a_grey_of_sixteen_bits_is_as_bright_in_its_copies() -> None:
    made = BytesIO()
    Image.new("I;16", (60, 40), 30_000).save(made, "PNG")
    (copy,) = shrunk(made.getvalue(), (60,))
    bright = opened(copy).convert("L").getpixel((5, 5))
    assert isinstance(bright, int | float)
    assert abs(bright - 30_000 / 257) < 3


def test_a_moving_picture_that_was_turned_stands_upright() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    exif, made = Image.Exif(), BytesIO()
    exif[0x0112] = 6
    frames[0].save(made, "WEBP", save_all=True, append_images=frames[1:], exif=exif.tobytes())
    assert measured(made.getvalue(), smaller=True) == Sized(40, 60)
    assert opened(tidied(made.getvalue())).size == (40, 60)
