"""Sizes are counted while bytes come out, and whatever is wrong is said."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable

import pytest

from lstm_core.data import inflating
from lstm_core.data.inflating import Limit, Packing, glimpse_member, inflate, open_zip, read_member
from lstm_core.errors import DataError

TEXT = b"day,value\n" + b"2024-01-01,1\n" * 1_000
PACKERS: dict[Packing, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def allow(num_bytes: int, most_times_larger: int | None = None) -> Limit:
    return Limit(num_bytes, lambda: DataError("It is too much."), most_times_larger)


def pack(content: bytes, packing: int = zipfile.ZIP_DEFLATED) -> bytearray:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        archive.writestr("a.csv", content)
    return bytearray(packed.getvalue())


def read_zip(content: bytes, limit: Limit) -> bytes:
    archive = open_zip(content, "x.zip")
    return read_member(archive, archive.infolist()[0], "x.zip", limit)


@pytest.mark.parametrize("packing", PACKERS)
def test_what_was_packed_comes_out_and_no_more_than_is_allowed(packing: Packing) -> None:
    packed = PACKERS[packing](TEXT)
    assert inflate(packed, packing, "x", allow(len(TEXT))) == TEXT
    assert inflate(packed * 2, packing, "x", allow(2 * len(TEXT))) == TEXT * 2
    with pytest.raises(DataError, match="too much"):
        inflate(packed, packing, "x", allow(len(TEXT) - 1))
    for damaged in (packed[:-9], packed[:20] + b"\0\1\2" + packed[23:]):
        with pytest.raises(DataError, match=r'"x" is damaged or not whole'):
            inflate(damaged, packing, "x", allow(len(TEXT)))


def test_a_member_is_read_and_no_more_than_is_allowed() -> None:
    content = bytes(pack(TEXT))
    assert read_zip(content, allow(len(TEXT))) == TEXT
    with pytest.raises(DataError, match="too much"):
        read_zip(content, allow(len(TEXT) - 1))
    with pytest.raises(DataError, match="damaged"):
        open_zip(content[:50], "x.zip")


def test_much_that_packs_to_nothing_is_no_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflating, "_UNSUSPICIOUS_BYTES", 2_000_000)
    zeros = bytes(3_000_000)
    packed = gzip.compress(zeros, 9)
    with pytest.raises(DataError, match="more than 900 times its size"):
        inflate(packed, "gzip", "x", allow(len(zeros), most_times_larger=900))
    assert inflate(packed, "gzip", "x", allow(len(zeros))) == zeros


def test_what_is_wrong_with_a_member_is_said() -> None:
    damaged = pack(TEXT, zipfile.ZIP_STORED)
    damaged[100] ^= 1
    with pytest.raises(DataError, match="damaged or not whole"):
        read_zip(bytes(damaged), allow(len(TEXT)))
    locked, odd = pack(TEXT), pack(TEXT)
    entry = locked.index(b"PK\x01\x02")
    locked[entry + 8] |= 1
    with pytest.raises(DataError, match="locked with a password"):
        read_zip(bytes(locked), allow(len(TEXT)))
    odd[entry + 10] = 97
    with pytest.raises(DataError, match="a way that is not known"):
        read_zip(bytes(odd), allow(len(TEXT)))
    archive = open_zip(bytes(odd), "x.zip")
    assert glimpse_member(archive, archive.infolist()[0], 9) == b""
