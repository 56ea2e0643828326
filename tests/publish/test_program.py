"""Running other programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.publish.program import fed
from digest.publish.refused import RefusedError, refused


def test_a_program_gets_much_piece_by_piece(tmp_path: Path) -> None:
    fed(["tee", tmp_path / "got"], "here", (b"x" * 100_000 for _ in range(20)))
    assert (tmp_path / "got").read_bytes() == b"x" * 2_000_000


def test_a_program_that_stops_reading_says_why() -> None:
    with pytest.raises(RefusedError, match="sh failed: enough"):
        fed(["sh", "-c", "echo enough >&2; exit 3"], "here", (b"x" * 100_000 for _ in range(20)))


def test_an_error_among_the_pieces_ends_the_program(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"one"
        raise refused("D911", "no more", "here")

    with pytest.raises(RefusedError, match="no more"):
        fed(["sh", "-c", f"cat && touch {tmp_path}/ended"], "here", pieces())
    assert not (tmp_path / "ended").exists()


def test_a_program_that_is_not_there_is_said() -> None:
    with pytest.raises(RefusedError, match="the program no-such-program is not there"):
        fed(["no-such-program"], "here", ())
