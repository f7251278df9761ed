"""Object stores: what lies at s3://bucket/key, found and opened as files are.

Who may read and where the store is, the usual variables of the environment say: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL for a store that is not Amazon's, and
AWS_SKIP_SIGNATURE=true for buckets that anybody may read.
"""

from __future__ import annotations

import io
import os
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, cast

from sayso.records import OBJECT_STORE

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, S3FileSystem

_BUFFER = 1 << 20
"""Bytes that are asked for at a time: a store answers slowly, and then fast."""
_CONNECT, _ANSWER = 10.0, 60.0


def is_stored(path: str) -> bool:
    """Say whether a path is that of an object in a store."""
    return path.startswith(OBJECT_STORE)


def bucket_of(path: str) -> str:
    """Return the bucket of an object."""
    return _key(path).partition("/")[0]


def has_bucket(path: str) -> bool:
    """Say whether there is the bucket that a path names; raise OSError where the store does not answer."""
    return _is_there(filesystem().get_file_info(bucket_of(path)))


def is_object(path: str) -> bool:
    """Say whether a path names an object; raise OSError where the store does not answer."""
    return bool(filesystem().get_file_info(_key(path)).is_file)


def objects_below(path: str) -> list[str]:
    """Return the paths of all objects whose key begins with a path and a slash, sorted; hidden ones do not count."""
    from pyarrow.fs import FileSelector

    below = FileSelector(_key(path), allow_not_found=True, recursive=True)
    begins = len(_key(path)) + 1
    found = [info.path for info in filesystem().get_file_info(below) if info.is_file]
    shown = (name for name in found if not any(part.startswith(".") for part in name[begins:].split("/")))
    return [OBJECT_STORE + name for name in sorted(shown)]


def opened(path: str) -> BinaryIO:
    """Open an object for reading; raise OSError where that fails."""
    return io.BufferedReader(cast(io.RawIOBase, filesystem().open_input_file(_key(path))), _BUFFER)


@cache
def filesystem() -> S3FileSystem:
    """Return the store as pyarrow sees it."""
    from pyarrow.fs import S3FileSystem

    return S3FileSystem(
        anonymous=_is_public(),
        region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1",
        endpoint_override=_endpoint(),
        connect_timeout=_CONNECT,
        request_timeout=_ANSWER,
    )


def settings() -> dict[str, str]:
    """Return what the environment says of object stores, for processes on other machines."""
    return {name: value for name, value in os.environ.items() if name.startswith("AWS_")}


def adopt(given: dict[str, str]) -> None:
    """Reach object stores as another process does, which gave its ``settings``."""
    os.environ.update(given)
    filesystem.cache_clear()


def delta_options() -> dict[str, str]:
    """Return the store as the Delta library is told of it; the rest it finds in the environment itself."""
    endpoint = _endpoint()
    return (
        ({"aws_endpoint": endpoint} if endpoint else {})
        | ({"allow_http": "true"} if endpoint and endpoint.startswith("http://") else {})
        | ({"skip_signature": "true"} if _is_public() else {})
    )


def _endpoint() -> str | None:
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or None


def _is_public() -> bool:
    return os.environ.get("AWS_SKIP_SIGNATURE", "").lower() in ("true", "1")


def _key(path: str) -> str:
    return path.removeprefix(OBJECT_STORE).strip("/")


def _is_there(info: FileInfo) -> bool:
    from pyarrow.fs import FileType

    return bool(info.type != FileType.NotFound)
