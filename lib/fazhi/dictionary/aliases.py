"""Spellings that an analyst has accepted for a town: data/raw/aliases.yml."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

NO_LEDGER = "无关"  # what aliases.yml says of a file that is no ledger
NO_COLUMN = "无关"  # what aliases.yml says of a title that is no column of its ledger
NO_INDICATOR = "无"  # what it says of a target of a plan that no indicator answers for


class Aliases(BaseModel):
    """Spellings an analyst has accepted (`aliases.yml`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    values: dict[str, dict[str, str | int | float | bool | date | None]] = Field(
        default={}, description="`<ledger>.<column>` → what is written → what it means; nothing: as if empty",
        examples=[{"disputes.category": {"邻里口角": "邻里纠纷"}}],
    )  # fmt: skip
    own: dict[str, tuple[str, ...]] = Field(
        default={}, description="`<ledger>.<column>` → categories that the town keeps beside the closed list's; 全国: those of the national list",
        examples=[{"disputes.category": ["医疗纠纷"]}],
    )  # fmt: skip
    columns: dict[str, dict[str, str]] = Field(
        default={}, description="ledger → title → column", examples=[{"disputes": {"发生村居": "village"}}]
    )
    villages: dict[str, str | None] = Field(
        default={},
        description="what is written → village; nothing: no place of the town",
        examples=[{"老龙井": "龙井村"}],
    )
    offices: dict[str, str | None] = Field(
        default={},
        description="what is written → office; nothing: none of the town's",
        examples=[{"执法队": "综合行政执法大队"}],
    )
    plans: dict[str, str] = Field(
        default={},
        description="target of last year's plan → the indicator that answers for it, or 无",
        examples=[{"普法场次": "publicity.mass_campaigns"}],
    )
    files: dict[str, str] = Field(
        default={},
        description="file or `file[sheet]` → ledger, or 无关 for one that is no ledger",
        examples=[{"司法所/表.xlsx": "disputes"}],
    )
    once: dict[str, str] = Field(
        default={},
        description="what was reported more than once, by the name that `fazhi accept` gives it → 新的代替旧的, 两件都算 …",
        examples=[{"disputes.2025.件.hkqmjgpnil.mhgklojpni": "两件都算"}],
    )

    not_names: tuple[str, ...] = Field(
        default=(), description="words that stand where a name belongs and name nobody", examples=[["便民服务队"]]
    )

    @model_validator(mode="before")
    @classmethod
    def _written_as_text(cls, content: Any) -> Any:
        """What stands in a ledger is text, also where YAML reads a number or a date: `{1: 是}`."""
        return _with_slashes(_text_keys(_without_empty(content)))


def _with_slashes(content: Any) -> Any:
    """Files as they are named everywhere else, where Windows writes 司法所\\表.xlsx."""
    files = content.get("files") if isinstance(content, dict) else None
    if not isinstance(files, dict):
        return content
    return {**content, "files": {str(name).replace("\\", "/"): means for name, means in files.items()}}


def _without_empty(content: Any) -> Any:
    """The file's content without sections that have a head and nothing below it: `villages:`."""
    if not isinstance(content, dict):
        return content
    filled = {name: part for name, part in content.items() if part is not None}
    nested = ("values", "columns")
    return {
        name: {key: part for key, part in parts.items() if part is not None}
        if name in nested and isinstance(parts, dict)
        else parts
        for name, parts in filled.items()
    }


def _text_keys(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    return {str(key): _text_keys(value) for key, value in content.items()}
