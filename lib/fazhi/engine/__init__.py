"""Running notebooks: quickly in forked children of a warm parent, or by stock kernels where there is no fork."""

from fazhi.engine.jobs import Job, Result
from fazhi.engine.runner import Runner

__all__ = ["Job", "Result", "Runner"]
