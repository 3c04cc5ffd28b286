"""Decks, handouts and atlases made on request: /books takes one in as a job (viewer/job_routes.py).

Asked for as JSON: ``kind`` (deck, handout, atlas), ``plan`` or ``scenes`` (a file of scenes), ``by`` for an atlas,
``per_page`` for a handout.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from layers.kept_links import FILE, KeptLinks, KeptLinksError
from layers.progress import Progress
from layers.scene_file import LARGEST, SceneFileError, parse_scenes
from layers.scene_sets import SceneSet
from layers.store import Store
from viewer.answers import refused
from viewer.figures import Source
from viewer.i18n import _, spoken
from viewer.job_routes import taken
from viewer.jobs import Jobs
from viewer.same_origin import is_from_elsewhere
from viewer.share import short_path

if TYPE_CHECKING:
    from layers.deck import AddressOf, By, PerPage

_PDF = "application/pdf"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_TYPES = {"deck": ("pptx", _PPTX, "汇报"), "handout": ("pdf", _PDF, "讲义"), "atlas": ("pdf", _PDF, "图集")}
SCANNABLE = 300
"""Characters of a link up to which a QR code on paper holds it whole."""


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
        if is_from_elsewhere(request):
            return refused(_("别的网站不能在这里做文件"), 403)
        if request.mimetype != "application/json":  # a page of another site cannot send it unasked
            return refused(_("请求要以 JSON 送来"), 415)
        if request.content_length is None or request.content_length > LARGEST:
            return refused(_("场景太多：最多 {most} MB", most=LARGEST // 1_000_000), 413)
        try:
            wanted = read_wanted(request.get_data(cache=False), store)
        except (RequestError, SceneFileError) as e:
            return refused(spoken(e), 400)
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
        return taken(jobs, f"{of}{label}.{extension}", media_type, work, "book")


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
