"""Stands in for the notebooks' runner: one that does each step's work in this process, as its subclass says."""

from typing import Self

from fazhi.engine import Job, Result


class StandInRunner:
    def start(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, jobs, on_event, is_stale) -> None:
        """Do the stale jobs in their order, and tell of each."""
        for job in jobs:
            on_event("end", job, self.done(job) if is_stale(job) else Result(job.name, "kept", 0, "", job.output))

    def done(self, job: Job) -> Result:
        """What became of one job."""
        raise NotImplementedError
