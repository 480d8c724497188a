"""Bytes of one file, on disk and under the limits: spooled, measured, unpacked from gz or zip."""

import gzip
import io
import lzma
import stat
import struct
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from bot.errors import ImportRefused
from bot.importers.reading.contract import Limits

HEAD = 64 * 1024
CHUNK = 256 * 1024

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
GZIP_MAGIC = b"\x1f\x8b"
# What zipfile and its decompressors raise on archives that are broken on purpose.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    IndexError,
    OverflowError,
    RuntimeError,
)
_OTHER_ARCHIVES = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!": "rar",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
}


class Source:
    """One file's bytes, readable any number of times from the start.

    ``open()`` gives an independent view; closing a view leaves the file open for the next one.
    """

    def __init__(self, handle: IO[bytes], filename: str) -> None:
        self._handle = handle
        self._closer = weakref.finalize(self, handle.close)
        self.filename = filename
        self.suffix = Path(filename).suffix.lower() or (filename.lower() if filename[:1] == "." else "")
        self.size = handle.seek(0, io.SEEK_END)
        handle.seek(0)
        self.head = handle.read(HEAD)

    def open(self, start: int = 0) -> BinaryIO:
        return io.BufferedReader(_View(self._handle, start), CHUNK)

    def close(self) -> None:
        self._closer()


class _View(io.RawIOBase):
    """A reading position of its own on a shared file."""

    def __init__(self, handle: IO[bytes], position: int) -> None:
        self._handle = handle
        self._position = position

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position}.get(whence)
        if base is None:
            base = self._handle.seek(0, io.SEEK_END)
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed wants Buffer
        self._handle.seek(self._position)
        data = self._handle.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


def take_in(data: Path | BinaryIO, filename: str, limits: Limits) -> Source:
    """A source for a path, or for a stream spooled to a temporary file; refuses what is empty or too big."""
    if isinstance(data, Path):
        try:
            source = Source(data.open("rb"), filename)
        except OSError as error:
            raise ImportRefused(
                f"{filename} cannot be read: {error.strerror or 'it is not a plain file'}.",
                code="unreadable",
                hint="Check the path and its permissions.",
            ) from None
    else:
        source = _spool(data.read, filename, lambda total: _check_upload(total, filename, limits))
    if not source.size:
        source.close()
        raise ImportRefused(f"{filename} is empty (0 bytes).", code="empty_file", hint="Export it again.")
    _check_upload(source.size, filename, limits)
    return source


def unpack(source: Source, limits: Limits) -> Source:
    """The one member of a gz or zip; any other source as it is, an Excel workbook too.

    Raises:
        ImportRefused: broken, nested, encrypted, several members, a path trick, or a bomb.
    """
    packed = _packing(source)
    if packed is None:
        return source
    member = _gunzip(source, limits) if packed == "gz" else _unzip(source, limits)
    source.close()
    if _packing(member) is not None:
        member.close()
        raise ImportRefused(
            f"{source.filename} holds another archive.",
            code="nested_archive",
            hint="Unpack it and hand over the export itself.",
        )
    return member


def is_workbook(source: Source) -> bool:
    """Whether a zip is an Office Open XML file (xlsx, and also docx and the like)."""
    if not source.head.startswith(ZIP_MAGIC):
        return False
    try:
        with zipfile.ZipFile(source.open()) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except BROKEN_ZIP:
        return False


@dataclass(slots=True)
class Meter:
    """Counts bytes that come out of a packed file and stops a bomb while it opens."""

    filename: str
    packed: int
    limits: Limits
    total: int = 0

    def add(self, count: int) -> None:
        self.total += count
        self.check(self.total)

    def check(self, total: int) -> None:
        floor = max(self.limits.ratio_floor_bytes, self.limits.ratio * max(self.packed, 1))
        if total > floor:
            raise ImportRefused(
                f"{self.filename} unpacks to more than {self.limits.ratio} times its size.",
                code="archive_ratio",
                hint="Hand over the unpacked file.",
            )
        if total > self.limits.unpacked_bytes:
            raise ImportRefused(
                f"{self.filename} unpacks to more than {self.limits.unpacked_bytes >> 20} MiB.",
                code="unpacked_too_large",
                hint="Split the export into smaller files.",
            )


def broken_archive(filename: str, why: str) -> ImportRefused:
    return ImportRefused(
        f"{filename} {why}.", code="bad_archive", hint="Pack it again as zip or gz, or hand it over unpacked."
    )


def _packing(source: Source) -> str | None:
    head, name = source.head, source.filename
    for magic, kind in _OTHER_ARCHIVES.items():
        if head.startswith(magic):
            raise broken_archive(name, f"is a {kind} archive; only gz and zip are read")
    if head[257:262] == b"ustar":
        raise broken_archive(name, "is a tar archive; only gz and zip are read")
    if head.startswith(GZIP_MAGIC):
        return "gz"
    if head.startswith(ZIP_MAGIC):
        return None if is_workbook(source) else "zip"
    if source.suffix in {".zip", ".gz"}:
        raise broken_archive(name, f"is named {source.suffix} but is not such an archive")
    return None


def _gunzip(source: Source, limits: Limits) -> Source:
    name = source.filename.removesuffix(".gz")
    meter = Meter(source.filename, source.size, limits)
    try:
        with gzip.open(source.open(), "rb") as stream:
            return _spool(stream.read, name, meter.check)
    except (OSError, EOFError, zlib.error):
        raise broken_archive(source.filename, "is a broken gz file") from None


def _unzip(source: Source, limits: Limits) -> Source:
    try:
        with zipfile.ZipFile(source.open()) as archive:
            info = _only_member(archive, source.filename)
            meter = Meter(source.filename, info.compress_size, limits)
            meter.check(info.file_size)
            with archive.open(info) as stream:
                return _spool(stream.read, PurePosixPath(info.filename).name, meter.check)
    except BROKEN_ZIP:
        raise broken_archive(source.filename, "is a broken zip file") from None


def _only_member(archive: zipfile.ZipFile, filename: str) -> zipfile.ZipInfo:
    members = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(info.filename)]
    if not members:
        raise broken_archive(filename, "holds no file")
    if len(members) > 1:
        raise ImportRefused(
            f"{filename} holds {len(members)} files; exactly one is read.",
            code="archive_members",
            hint="Hand over the one with the tickets.",
        )
    info = members[0]
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in info.filename or "\0" in info.orig_filename:
        raise ImportRefused(
            f"{filename} holds a file under a path that leaves the archive.",
            code="archive_path",
            hint="Pack the export again by itself.",
        )
    if info.flag_bits & 0x1:
        raise ImportRefused(
            f"{filename} is protected by a password.",
            code="archive_encrypted",
            hint="Hand it over unprotected.",
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise broken_archive(filename, "holds a link, not a file")
    return info


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in {".DS_Store", "Thumbs.db"}


def _spool(read: Callable[[int], bytes], filename: str, check: Callable[[int], None]) -> Source:
    handle = tempfile.TemporaryFile()  # noqa: SIM115  closed with the Source, or right below
    try:
        total = 0
        while chunk := read(CHUNK):
            total += len(chunk)
            check(total)
            handle.write(chunk)
        return Source(handle, filename)
    except BaseException:
        handle.close()
        raise


def _check_upload(size: int, filename: str, limits: Limits) -> None:
    if size > limits.uploaded_bytes:
        raise ImportRefused(
            f"{filename} is larger than {limits.uploaded_bytes >> 20} MiB.",
            code="file_too_large",
            hint="Import it with the command line, or split the export.",
        )
