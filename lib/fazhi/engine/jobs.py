"""What travels between the caller and the processes that run notebooks."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Scalar = int | str | float | bool
Status = Literal["done", "kept", "failed", "skipped"]

DEAD = "DeadKernelError"  # the class of error of a job whose process died

# A forked child keeps one thread: pools started in the parent would not exist in it. jemalloc's own thread likewise.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


@dataclass(frozen=True)
class Job:
    """One notebook to run with its parameters in the folder `cwd`; or, where `call` names a `module:function`, that
    function, given `notebook` and the parameters, in a process of its own.

    It waits until all jobs named in `after` are done, and those in `behind` have ended, done or not. Where its process
    dies, it is started up to `max_attempts` times: a system short of memory kills whom it likes. `environ` comes on top of
    what every notebook finds in its environment. One that `shares_process` may run where another run of the same notebook
    has gone well before: its names, counts and outputs are its own all the same, what its libraries remember is not.
    """

    name: str
    notebook: Path
    output: Path
    parameters: Mapping[str, Scalar] = field(default_factory=dict)
    cwd: Path = Path()
    after: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    call: str = ""
    max_attempts: int = 1
    environ: Mapping[str, str] = field(default_factory=dict)
    shares_process: bool = False


@dataclass(frozen=True)
class Result:
    """How a job ended; `message` is for the analyst, Chinese, empty when all went well; `error` the class of what broke it.

    `value` is what the function of a call returned (JSON).
    """

    name: str
    status: Status
    seconds: float
    message: str
    output: Path
    error: str = ""
    value: Any = None


@dataclass(frozen=True)
class Limits:
    """Bounds on one notebook. `memory_bytes` is what it may allocate beyond what the warm process already maps (POSIX)."""

    timeout: float = 600
    memory_bytes: int | None = None
    deterministic: bool = True


def job_message(number: int, job: Job, limits: Limits) -> dict[str, Any]:
    """The request, as JSON, that a worker process understands; paths are absolute."""
    return {
        "run": number,
        "job": {
            "name": job.name,
            "notebook": str(job.notebook.absolute()),
            "output": str(job.output.absolute()),
            "parameters": dict(job.parameters),
            "cwd": str(job.cwd.absolute()),
            "call": job.call,
            "environ": dict(job.environ),
            "shares_process": job.shares_process,
        },
        "limits": [limits.timeout, limits.memory_bytes, limits.deterministic],
    }


def read_job(message: Mapping[str, Any]) -> tuple[Job, Limits]:
    """The job and limits of a request made by `job_message`."""
    fields = message["job"]
    places = {key: Path(fields[key]) for key in ("notebook", "output", "cwd")}
    job = Job(**{**fields, **places})
    return job, Limits(*message["limits"])


def child_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment every notebook runs in: the caller's, one thread a library, inline figures, a fixed hash seed, UTF-8."""
    fixed = {**ONE_THREAD, "MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONIOENCODING": "utf-8"}
    return {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1", **environ, **fixed}


def notebook_language(nb: Any) -> str:
    """The language a notebook says it is written in, lower case; "python" when it does not say."""
    named = nb.metadata.get("kernelspec", {}).get("language") or nb.metadata.get("language_info", {}).get("name")
    return str(named or "python").lower()


def core_count() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_plan(jobs: Sequence[Job]) -> None:
    """Raise ValueError for two jobs of one name, an unknown name to wait for, or a circle."""
    names = [job.name for job in jobs]
    if len(set(names)) != len(names):
        raise ValueError(f"two jobs of one name: {sorted({n for n in names if names.count(n) > 1})}")
    waiting = {job.name: {*job.after, *job.behind} for job in jobs}
    for job in jobs:
        if unknown := waiting[job.name] - waiting.keys():
            raise ValueError(f"job {job.name} comes after unknown jobs: {sorted(unknown)}")
    while waiting:
        ready = {name for name, after in waiting.items() if not after & waiting.keys()}
        if not ready:
            raise ValueError(f"jobs wait for each other: {sorted(waiting)}")
        waiting = {name: after for name, after in waiting.items() if name not in ready}
