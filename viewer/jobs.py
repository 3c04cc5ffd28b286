"""Work of seconds asked for over HTTP: one of a kind at a time, in turn, watched, cancelled, forgotten when nobody asks."""

from __future__ import annotations

import secrets
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from layers.progress import Progress
from layers.said import sentence_of

State = Literal["waiting", "working", "done", "failed", "cancelled"]
Work = Callable[[Path, Progress], object]
"""Writes the file at the path, telling how far it is; it must leave nothing when the telling raises."""

MOST = 6
"""Jobs of one kind waiting or at work."""
ABANDONED_S = 60.0
"""A job that nobody has asked about for so long is cancelled."""
KEPT_S = 600.0
"""A file that nobody has fetched is kept so long."""
_LOOK_S = 0.2


class TooManyJobsError(ValueError):
    """No more jobs are taken for now."""


class _CancelledError(Exception):
    """Ends the work of a job that is no longer wanted."""


@dataclass
class Job:
    """A file in the making: ``share`` of it is done, 0 to 1; ``words`` say the step, or why it failed.

    ``lane`` is the kind of work: jobs of a lane are done one after another.
    """

    name: str
    media_type: str
    path: Path
    lane: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    state: State = "waiting"
    share: float = 0.0
    words: str = ""
    asked: float = field(default_factory=time.monotonic)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "cancelled")

    @property
    def is_unwanted(self) -> bool:
        return self.stopped.is_set() or time.monotonic() - self.asked > ABANDONED_S


class Jobs:
    """The jobs of one application. Their files lie in a temporary folder that goes with it."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._turns: defaultdict[str, threading.Semaphore] = defaultdict(threading.Semaphore)

    @cached_property
    def _folder(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(prefix="plan-atlas-")

    def start(self, name: str, media_type: str, work: Work, lane: str = "") -> Job:
        """Take a job; ``name`` is that of the file for whoever fetches it.

        Raises
        ------
        TooManyJobsError
            Too many are waiting.
        """
        with self._lock:
            self._sweep()
            if sum(job.lane == lane and not job.is_over for job in self._jobs.values()) >= MOST:
                raise TooManyJobsError
            path = Path(self._folder.name) / secrets.token_hex(8)
            job = Job(name, media_type, path, lane)
            turn = self._turns[lane]
            self._jobs[job.id] = job
        threading.Thread(target=self._run, args=(job, work, turn), name=f"job-{job.id}", daemon=True).start()
        return job

    def ahead(self, job: Job) -> int:
        """How many jobs of its lane are to be done before a job."""
        with self._lock:
            lane = [j for j in self._jobs.values() if j.lane == job.lane and not j.is_over]
        return lane.index(job) if job in lane else 0

    def find(self, key: str) -> Job | None:
        """The job of an id, noted as still wanted; None when there is none any more."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None:
                job.asked = time.monotonic()
            return job

    def take(self, job: Job) -> bytes:
        """The file of a job that is done; it is handed over once and then forgotten.

        Raises
        ------
        FileNotFoundError
            It was handed over already.
        """
        content = job.path.read_bytes()
        self.cancel(job)
        return content

    def cancel(self, job: Job) -> None:
        """Stop a job at its next step and forget it with its file."""
        job.stopped.set()
        with self._lock:
            self._jobs.pop(job.id, None)
            job.path.unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Forget what is over and was not asked for in a long time."""
        now = time.monotonic()
        for job in [j for j in self._jobs.values() if j.is_over and now - j.asked > KEPT_S]:
            del self._jobs[job.id]
            job.path.unlink(missing_ok=True)

    def _run(self, job: Job, work: Work, turn: threading.Semaphore) -> None:
        def tell(step: str, share: float) -> None:
            if job.is_unwanted:
                raise _CancelledError
            job.words, job.share = step, share

        try:
            while self.ahead(job) or not turn.acquire(timeout=_LOOK_S):
                tell("", 0.0)
                job.stopped.wait(_LOOK_S)
            try:
                tell("", 0.0)
                job.state = "working"
                work(job.path, tell)
                tell(job.words, 1.0)
                job.state = "done"
            finally:
                turn.release()
        except _CancelledError:
            job.state = "cancelled"
        except (ValueError, OSError) as e:
            job.state, job.words = "failed", sentence_of(e)
        finally:
            if not job.is_over:  # what else goes wrong is for the log
                job.state, job.words = "failed", ""
            if job.state != "done" or job.stopped.is_set():
                job.path.unlink(missing_ok=True)
