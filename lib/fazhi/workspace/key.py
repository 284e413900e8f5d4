"""The workspace's key, and digests that tell nothing without it."""

import secrets
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from fazhi.errors import FazhiError
from fazhi.workspace.files import write_secret


def load_key(path: Path) -> bytes:
    """The workspace's key, made at first use. It is never committed; losing it only breaks the link to earlier years."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return _make_key(path)
    except (ValueError, UnicodeDecodeError):
        raise FazhiError(
            f"{path.name} 不是有效的密钥。请删除它，重新运行会另建一个（与往年的当事人代号将不能对应）。"
        ) from None
    return key


def _make_key(path: Path) -> bytes:
    """A new key; of two processes that start together both use the same one."""
    write_secret(path, secrets.token_hex(32).encode("ascii"))
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def digester(key: bytes, size: int = 8) -> Callable[[str], str]:
    """A function that makes of a value hexadecimal digits, two a byte: keyed BLAKE2b (RFC 7693)."""
    fresh = blake2b(key=key[:64], digest_size=size).copy

    def digest(value: str) -> str:
        state = fresh()
        state.update(value.encode("utf-8", "surrogatepass"))
        return state.hexdigest()

    return digest
