"""Workbooks that Excel and WPS open without asking: encrypted with the password that marks them as write-protected only."""

import io

from fazhi.intake.limits import Limits
from fazhi.intake.model import Refused

# [MS-OFFCRYPTO] 2.1.3 names it for workbooks saved with a password to modify or with a protected structure.
_DEFAULT = "VelvetSweatshop"
_LOCKED = "文件设有密码，打不开；请解除密码后另存再提交"
_BROKEN = "设有写保护，里面的内容已损坏；请用 Excel 或 WPS 打开修复，取消保护后另存再提交"


def opened(data: bytes, limits: Limits) -> bytes:
    """The workbook inside; refused where another password is needed, or the content is damaged or too large."""
    import msoffcrypto  # 30 ms, of rare use

    plain = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=_DEFAULT, verify_password=True)
    except MemoryError:
        raise
    except Exception:  # a wrong password, or whatever its parsing of a damaged file runs into
        raise Refused(_LOCKED) from None
    try:
        file.decrypt(plain)
    except MemoryError:
        raise
    except Exception:
        raise Refused(_BROKEN) from None
    if not 0 < len(plain.getbuffer()) <= limits.file_bytes:
        raise Refused(_BROKEN)
    return plain.getvalue()
