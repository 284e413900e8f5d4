"""What a step wrote is looked through for private values, and documents are rendered; a hit takes the output away.

The work goes on in one thread beside the notebooks, in the order in which they end.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from fazhi.disclosure import KIND_LABELS, machine_paths, offences
from fazhi.errors import FazhiError, StorageError
from fazhi.freshness import Step
from fazhi.hidden import Hidden
from fazhi.plan import DOCUMENTS, FORMATS, survey_step
from fazhi.steps import Year
from fazhi.storage import write_bytes
from fazhi.withheld import hidden_values

HIDDEN = "出错，错误信息含有台账里的个人信息，已隐去。请在 JupyterLab 中打开该笔记本逐格运行查看。"


class PrivateValueError(FazhiError):
    """An output holds a private value of the ledgers; the message names the output and the kind, never the value."""

    def __init__(self, found: dict[str, set[str]]) -> None:
        kinds = {name: "、".join(sorted({KIND_LABELS[kind] for kind in found[name]})) for name in sorted(found)}
        said = "；".join(f"{name} 中有台账里的{kind}" for name, kind in kinds.items())
        super().__init__(
            f"{said}。未予发布，已撤下。请查看文件名、工作表名、台账的文字栏或 report.md 是否写有个人信息，改后重新运行。"
        )
        self.outputs = list(kinds)


class Release:
    """Takes finished steps; tells at the end which failed (step id -> message) and which fonts were used."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}
        self.fonts: dict[str, str] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="release")
        self._hidden: dict[int, Future[Hidden]] = {}
        self._taken: list[Future[None]] = []

    def __enter__(self) -> "Release":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        self._thread.shutdown(wait=True, cancel_futures=kind is not None)

    def open(self, town: Year) -> None:
        """Take up what is hidden in a year's outputs, as its survey noted it."""
        self._hidden[town.year] = self._thread.submit(hidden_values, town.workspace, town.year, town.known)
        self._taken.append(self._thread.submit(self._guarded, self._look_through, town, survey_step(town), ""))

    def warm_up(self) -> None:
        """Load what renders documents while the notebooks run."""
        self._thread.submit(_load)

    def take(self, town: Year, step: Step, message: str) -> None:
        """A step has ended, with a message where it failed: look through what it wrote, and publish."""
        self._taken.append(self._thread.submit(self._guarded, self._look_through, town, step, message))

    def finish(self) -> None:
        """Wait until all is looked through. Raises what is no fault of one step: StorageError, a programming error."""
        for taken in self._taken:
            taken.result()

    def _guarded(self, work: Callable[[Year, Step, str], None], town: Year, step: Step, message: str) -> None:
        try:
            work(town, step, message)
        except StorageError:
            raise
        except PrivateValueError as error:
            for name in error.outputs:
                (town.processed / name).unlink(missing_ok=True)
            self.failed[step.id] = str(error)
        except FazhiError as error:
            self.failed[step.id] = str(error)

    def _look_through(self, town: Year, step: Step, message: str) -> None:
        hidden = self._hidden[town.year].result()
        written = {name: (town.processed / name).read_bytes() for name in _written(town, step)}
        if message:
            self._fail(town, step, message, written, hidden)
            return
        _refuse_private(town, written, hidden)
        if step.name in DOCUMENTS:
            self._publish(town, step, hidden)

    def _fail(self, town: Year, step: Step, message: str, written: dict[str, bytes], hidden: Hidden) -> None:
        """A failed step's message and notebook may quote a cell, or name a folder; then they are not kept."""
        self.failed[step.id] = HIDDEN if hidden.found_in([message]) else message
        for name in offences(written, hidden, machine_paths(town.workspace.root)):
            (town.processed / name).unlink()

    def _publish(self, town: Year, step: Step, hidden: Hidden) -> None:
        from fazhi.publication import render

        name = DOCUMENTS[step.name]
        made, fonts = render(town.processed / "notebooks" / f"{step.name}.ipynb", name, FORMATS[name])
        _refuse_private(town, made, hidden)
        self.fonts |= fonts
        for name, data in made.items():
            write_bytes(town.processed / name, data)


def _load() -> None:
    from fazhi import fonts
    from fazhi.publication import render

    _ = render, fonts.resolve({})


def _written(town: Year, step: Step) -> Sequence[str]:
    return [name for name in step.outputs if (town.processed / name).is_file()]


def _refuse_private(town: Year, outputs: dict[str, bytes], hidden: Hidden) -> None:
    if found := offences(outputs, hidden, machine_paths(town.workspace.root)):
        raise PrivateValueError(found)
