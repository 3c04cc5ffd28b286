"""Decks, handouts and atlases made on request: /books takes one, tells how far it is, cancels it and hands over the file.

Asked for as JSON: ``kind`` (deck, handout, atlas), ``plan`` or ``scenes`` (a file of scenes), ``by`` for an atlas,
``per_page`` for a handout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Flask, Response, request

from layers.kept_links import FILE, KeptLinks, KeptLinksError
from layers.progress import Progress
from layers.scene_file import LARGEST, SceneFileError, parse_scenes
from layers.scene_sets import SceneSet
from layers.store import Store
from viewer.figures import Source
from viewer.i18n import N_, _
from viewer.jobs import Job, Jobs, TooManyJobsError
from viewer.share import short_path

if TYPE_CHECKING:
    from layers.deck import AddressOf, By, PerPage

_PDF = "application/pdf"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_TYPES = {"deck": ("pptx", _PPTX, "汇报"), "handout": ("pdf", _PDF, "讲义"), "atlas": ("pdf", _PDF, "图集")}
_NO_STORE = {"Cache-Control": "no-store"}
SCANNABLE = 300
"""Characters of a link up to which a QR code on paper holds it whole."""
_STATES = {"waiting": N_("排队等候"), "cancelled": N_("已取消。"), "done": N_("做好了")}


class RequestError(ValueError):
    """The request's words are wrong; the message says what would be right."""


@dataclass(frozen=True)
class Wanted:
    """What is to be made; ``scenes`` is None for the ready ones of ``plan``."""

    kind: str
    plan: str
    scenes: SceneSet | None
    by: By
    per_page: PerPage


def register_books(server: Flask, store: Store, source: Source, jobs: Jobs) -> None:
    """Add the routes."""
    kept = KeptLinks(store.path.with_name(FILE))

    @server.post("/books")
    def start() -> Response:
        if request.mimetype != "application/json":  # a page of another site cannot send it unasked
            return _refused(_("请求要以 JSON 送来"), 415)
        if request.content_length is None or request.content_length > LARGEST:
            return _refused(_("场景太多：最多 {most} MB", most=LARGEST // 1_000_000), 413)
        try:
            wanted = read_wanted(request.get_data(cache=False), store)
        except (RequestError, SceneFileError) as e:
            return _refused(str(e), 400)
        host = request.host_url

        def address_of(link: str) -> str:
            try:
                return host + short_path(kept, link, SCANNABLE)
            except KeptLinksError:  # the link itself then, however long
                return host + link

        def work(path: Path, progress: Progress) -> None:
            make_book(source, wanted, path, address_of, progress)

        extension, media_type, label = _TYPES[wanted.kind]
        of = store.plans[wanted.plan].district if wanted.scenes is None else _file_name(wanted.scenes.title)
        try:
            job = jobs.start(f"{of}{label}.{extension}", media_type, work)
        except TooManyJobsError:
            return _refused(_("正在做的太多，请等一会儿再试"), 503)
        return _json(_told(job), 202)

    @server.get("/books/<key>")
    def state(key: str) -> Response:
        job = jobs.find(key)
        return _json(_told(job)) if job else _gone()

    @server.get("/books/<key>/file")
    def content(key: str) -> Response:
        job = jobs.find(key)
        if job is None or job.state != "done":
            return _gone()
        try:
            body = jobs.take(job)
        except OSError:
            return _gone()
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(job.name, safe='')}",
            **_NO_STORE,
        }
        return Response(body, content_type=job.media_type, headers=headers)

    @server.delete("/books/<key>")
    def cancel(key: str) -> Response:
        job = jobs.find(key)
        if job is not None:
            jobs.cancel(job)
        return Response(status=204)


def read_wanted(body: bytes, store: Store) -> Wanted:
    """What a request asks for.

    Raises
    ------
    RequestError
        A word of it is wrong.
    SceneFileError
        Its scenes are.
    """
    from layers.deck import BY, PER_PAGE

    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise RequestError(_("请求不是有效的 JSON")) from None
    if not isinstance(said, dict):
        raise RequestError(_("请求应是一个 JSON 对象"))
    kind, plan, by, per_page = (
        said.get(k, d) for k, d in (("kind", ""), ("plan", ""), ("by", ""), ("per_page", 2))
    )
    if not isinstance(kind, str) or kind not in _TYPES:
        raise RequestError(_("没有成套的「{kind}」，可选 deck、handout、atlas", kind=str(kind)[:20]))
    scenes = None
    if "scenes" in said and kind != "atlas":
        scenes = parse_scenes(json.dumps(said["scenes"]).encode())
    elif not isinstance(plan, str) or plan not in store.plans:
        raise RequestError(_("汇报幻灯片、讲义和图集一次做一部规划，请先选规划"))
    if by not in BY:
        raise RequestError(_("图集没有「{by}」这种分法，可选 structure、feature、chapter", by=str(by)[:20]))
    if per_page not in PER_PAGE or isinstance(per_page, bool):
        raise RequestError(_("每页场景数应是 1、2 或 3，写的是「{number}」", number=str(per_page)[:20]))
    return Wanted(kind, plan if scenes is None else "", scenes, by, per_page)


def make_book(source: Source, wanted: Wanted, path: Path, address_of: AddressOf, progress: Progress) -> None:
    """Write what is wanted; nothing is left when it fails or ``progress`` raises."""
    from layers.deck import build_deck, ready_scenes, write_atlas, write_handout
    from layers.render import write_bytes

    map_source = source()
    if wanted.kind == "atlas":
        write_atlas(map_source, wanted.plan, path, progress=progress, by=wanted.by)
        return
    scenes = wanted.scenes or ready_scenes(map_source, wanted.plan)
    if wanted.kind == "deck":
        write_bytes(build_deck(map_source, scenes, progress=progress), path)
    else:
        write_handout(map_source, scenes, path, address_of, wanted.per_page, progress=progress)


def _file_name(title: str) -> str:
    """A title as a part of a file's name on every system."""
    return "".join(c for c in title if c not in '\\/:*?"<>|\n\t').strip(" .")[:60] or "演示场景"


def _told(job: Job) -> Mapping[str, Any]:
    failed = _("没有做成，请再试一次")
    words = job.words or failed if job.state == "failed" else _(_STATES[job.state]) if job.state in _STATES else job.words  # fmt: skip
    return {"id": job.id, "state": job.state, "share": round(job.share, 3), "words": words}


def _json(value: Mapping[str, Any], status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False)
    return Response(body, status=status, content_type="application/json", headers=_NO_STORE)


def _gone() -> Response:
    return _refused(_("没有这份文件：可能已经取走、取消或过期了"), 404)


def _refused(sentence: str, status: int) -> Response:
    return Response(sentence, status=status, content_type="text/plain; charset=utf-8", headers=_NO_STORE)
