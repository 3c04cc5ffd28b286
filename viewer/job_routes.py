"""/jobs: how far a job is, its file, and its end. What takes jobs in (viewer/books.py, viewer/figures.py) answers with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response

from viewer.answers import file_answer, json_answer, refused
from viewer.i18n import N_, _, spoken
from viewer.jobs import Job, Jobs, TooManyJobsError, Work

_STATES = {"cancelled": N_("已取消。"), "done": N_("做好了")}


def register_jobs(server: Flask, jobs: Jobs) -> None:
    """Add the routes."""

    @server.get("/jobs/<key>")
    def job_state(key: str) -> Response:
        job = jobs.find(key)
        return json_answer(_told(jobs, job)) if job else _gone()

    @server.get("/jobs/<key>/file")
    def job_file(key: str) -> Response:
        job = jobs.find(key)
        if job is None or job.state != "done":
            return _gone()
        try:
            body = jobs.take(job)
        except OSError:
            return _gone()
        return file_answer(body, job.media_type, job.name)

    @server.delete("/jobs/<key>")
    def cancel_job(key: str) -> Response:
        job = jobs.find(key)
        if job is not None:
            jobs.cancel(job)
        return Response(status=204)


def taken(jobs: Jobs, name: str, media_type: str, work: Work, lane: str) -> Response:
    """Take a job in, or say that there are too many."""
    try:
        job = jobs.start(name, media_type, work, lane)
    except TooManyJobsError:
        return refused(_("正在做的太多，请等一会儿再试"), 503)
    return json_answer(_told(jobs, job), 202)


def _told(jobs: Jobs, job: Job) -> Mapping[str, Any]:
    return {"id": job.id, "state": job.state, "share": round(job.share, 3), "words": _words(jobs, job)}


def _words(jobs: Jobs, job: Job) -> str:
    if job.state == "waiting":
        ahead = jobs.ahead(job)
        return _("排队等候，前面还有 {n} 份", n=ahead) if ahead else _("排队等候")
    if job.state == "failed":
        return spoken(job.words) or _("没有做成，请再试一次")
    return _(_STATES[job.state]) if job.state in _STATES else spoken(job.words)


def _gone() -> Response:
    return refused(_("没有这份文件：可能已经取走、取消或过期了"), 404)
