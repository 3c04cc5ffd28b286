"""Jobs: one at a time, told how far they are, cancelled soon, nothing left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from layers.progress import Progress
from viewer import jobs as module
from viewer.jobs import MOST, Job, Jobs, TooManyJobsError


def wait(condition: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.01)


def write(path: Path, progress: Progress) -> None:
    progress("一半", 0.5)
    path.write_bytes(b"content")


def endless(path: Path, progress: Progress) -> None:
    """Work that ends only by being told to."""
    while True:
        progress("还早", 0.25)
        time.sleep(0.01)


def files(job: Job) -> list[Path]:
    return list(job.path.parent.iterdir())


def test_a_file_is_handed_over_once() -> None:
    jobs = Jobs()
    job = jobs.start("a.pdf", "application/pdf", write)
    wait(lambda: job.is_over)
    assert (job.state, job.share) == ("done", 1.0)
    assert jobs.take(job) == b"content"
    assert jobs.find(job.id) is None
    assert files(job) == []


def test_one_at_a_time_and_no_more_than_a_few() -> None:
    jobs = Jobs()
    started = [jobs.start("a", "", endless) for _ in range(MOST)]
    wait(lambda: started[0].state == "working")
    assert [job.state for job in started[1:]] == ["waiting"] * (MOST - 1)
    assert (started[0].words, started[0].share) == ("还早", 0.25)
    with pytest.raises(TooManyJobsError):
        jobs.start("a", "", endless)
    for job in started:
        jobs.cancel(job)
    wait(lambda: all(job.state == "cancelled" for job in started))
    after = jobs.start("a", "", write)  # cancelling has freed the worker
    wait(lambda: after.state == "done")


def test_what_goes_wrong_is_told_in_its_own_words() -> None:
    def full(path: Path, progress: Progress) -> None:
        path.write_bytes(b"half")
        raise OSError("磁盘已满")

    jobs = Jobs()
    job = jobs.start("a", "", full)
    wait(lambda: job.is_over)
    assert (job.state, job.words) == ("failed", "磁盘已满")
    assert files(job) == []


def test_a_fault_of_ours_is_logged_ends_the_job_and_frees_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    logged: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: logged.append(told.exc_type))

    def broken(path: Path, progress: Progress) -> None:
        raise ZeroDivisionError("internal words")

    jobs = Jobs()
    job = jobs.start("a", "", broken)
    wait(lambda: job.is_over)
    assert (job.state, job.words) == ("failed", "")
    wait(lambda: logged == [ZeroDivisionError])
    after = jobs.start("a", "", write)
    wait(lambda: after.state == "done")


def test_a_job_that_nobody_asks_about_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ABANDONED_S", 0.2)
    job = Jobs().start("a", "", endless)
    wait(lambda: job.state == "cancelled")


def test_files_that_nobody_fetches_are_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = Jobs()
    job = jobs.start("a", "", write)
    wait(lambda: job.is_over)
    monkeypatch.setattr(module, "KEPT_S", -1.0)
    jobs.start("b", "", write)
    assert jobs.find(job.id) is None
    assert not job.path.exists()


def test_cancelling_just_as_it_ends_leaves_no_file() -> None:
    jobs = Jobs()
    wrote, go_on = threading.Event(), threading.Event()

    def slow(path: Path, progress: Progress) -> None:
        path.write_bytes(b"content")
        wrote.set()
        assert go_on.wait(10)
        path.write_bytes(b"content")

    job = jobs.start("a", "", slow)
    assert wrote.wait(10)
    jobs.cancel(job)
    go_on.set()
    wait(lambda: job.is_over)
    assert job.state == "cancelled"
    wait(lambda: files(job) == [])
