"""What is packed, opened with care: sizes are counted while bytes come out, not believed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Literal

from lstm_core.errors import DataError

Packing = Literal["gzip", "bzip2", "xz"]

_CHUNK_BYTES = 1 << 20
_UNSUSPICIOUS_BYTES = 20_000_000
_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    struct.error,
)
_UNKNOWN = (NotImplementedError, RuntimeError)
_OPENERS: dict[Packing, Callable[[io.BytesIO], Any]] = {
    "gzip": lambda packed: gzip.GzipFile(fileobj=packed),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}


@dataclass(frozen=True)
class Limit:
    """How much may come out.

    Attributes:
        num_bytes: at most.
        refuse: says that it is more.
        most_times_larger: than what is packed, once there is much of it; None: it doesn't matter.
    """

    num_bytes: int
    refuse: Callable[[], DataError]
    most_times_larger: int | None = None


def inflate(content: bytes, packing: Packing, name: str, limit: Limit) -> bytes:
    """Return what a packed file holds; several streams in one are joined.

    Raises:
        DataError: it is damaged, or holds more than is read.
    """
    with _OPENERS[packing](io.BytesIO(content)) as opened:
        return b"".join(_read(opened, len(content), name, limit))


def open_zip(content: bytes, name: str) -> zipfile.ZipFile:
    """Open a ZIP's list of members.

    Raises:
        DataError: it is damaged.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (*_DAMAGE, NotImplementedError) as error:
        raise refuse_damage(name) from error


def read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limit: Limit
) -> bytes:
    """Return what a file of a ZIP holds.

    Raises:
        DataError: damaged, locked, packed in a way that is not known, or larger.
    """
    return b"".join(iterate_member(archive, member, name, limit))


def iterate_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limit: Limit
) -> Iterator[bytes]:
    """Yield what a file of a ZIP holds, piece by piece.

    Raises:
        DataError: as ``read_member``.
    """
    if is_locked(member):
        raise DataError(
            f'The archive "{name[:80]}" is locked with a password.',
            "Pack the files again without a password.",
        )
    try:
        opened = archive.open(member)
    except _DAMAGE as error:
        raise refuse_damage(name) from error
    except _UNKNOWN as error:
        raise _refuse_packing(name) from error
    with opened:
        yield from _read(opened, member.compress_size, name, limit)


def is_locked(member: zipfile.ZipInfo) -> bool:
    return bool(member.flag_bits & 1)


def glimpse_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, num_bytes: int) -> bytes:
    """Return how a file of a ZIP begins; nothing where it can't be read."""
    try:
        with archive.open(member) as opened:
            return opened.read(num_bytes)
    except (*_DAMAGE, *_UNKNOWN):
        return b""


def _read(opened: IO[bytes], num_packed: int, name: str, limit: Limit) -> Iterator[bytes]:
    size = 0
    try:
        while chunk := opened.read(_CHUNK_BYTES):
            size += len(chunk)
            if size > limit.num_bytes:
                raise limit.refuse()
            if limit.most_times_larger is not None and size > _UNSUSPICIOUS_BYTES:
                _refuse_bomb(size, num_packed, name, limit.most_times_larger)
            yield chunk
    except _DAMAGE as error:
        raise refuse_damage(name) from error
    except _UNKNOWN as error:
        raise _refuse_packing(name) from error


def _refuse_bomb(size: int, num_packed: int, name: str, most_times: int) -> None:
    if size > most_times * max(num_packed, 1):
        raise DataError(
            f'The archive "{name[:80]}" unpacks to more than {most_times:,} times its size, '
            "as no real data do.",
            "Bring the files themselves, without an archive.",
        )


def refuse_damage(name: str) -> DataError:
    return DataError(
        f'The archive "{name[:80]}" is damaged or not whole.', "Fetch or pack it again."
    )


def _refuse_packing(name: str) -> DataError:
    return DataError(
        f'The archive "{name[:80]}" is packed in a way that is not known here.',
        "Pack the files again as an ordinary ZIP.",
    )
