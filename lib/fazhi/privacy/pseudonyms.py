"""What stands for a private value: the same in every year of a workspace, and nothing outside it, as it takes its key."""

import hmac

TOKEN_LENGTH = 12


def pseudonym(key: bytes, name: str) -> str:
    """`P` and twelve hexadecimal digits of HMAC-SHA256 (RFC 2104) of the name."""
    return "P" + hmac.digest(key, name.encode("utf-8"), "sha256").hex()[:TOKEN_LENGTH]
