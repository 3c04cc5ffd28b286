"""The Dash application on one store, and the server that serves it."""

from __future__ import annotations

import logging
import threading
from functools import cache

from flask_compress import Compress

from layers.store import Store
from layers.styles import read_styles
from viewer import i18n, page
from viewer.basemaps import read_basemaps, tile_hosts
from viewer.basemaps import register as register_basemaps
from viewer.books import register_books
from viewer.bundles import NO_SINGLE_FILES, register_bundles
from viewer.coverage_page import register_coverage
from viewer.document import INDEX, Application
from viewer.downloads import register_downloads
from viewer.figures import map_source, register_figures
from viewer.job_routes import register_jobs
from viewer.jobs import Jobs
from viewer.kept_answers import KeptAnswers, PackedOnce, packing_key
from viewer.ledger_maker import LedgerMaker
from viewer.opening_map import OpeningMap
from viewer.routes import register_routes
from viewer.scene_pictures import register_scene_pictures
from viewer.security import register_security
from viewer.settings import ROOT, Settings
from viewer.share import register_share
from viewer.static_parts import live_ids, with_static_parts
from viewer.style_sheet import style_sheet


def build_application(settings: Settings) -> Application:
    """The application for a built store; safe to call more than once in a process.

    Raises
    ------
    StoreMissingError
        When there is no readable store.
    StyleError
        When data/layers.yaml is wrong.
    CatalogueError
        When a translation in data/locale is wrong.
    BasemapError
        When data/basemaps.yaml is wrong.
    """
    i18n.check_catalogues()
    store = Store(settings.store)
    styles = read_styles(settings.data / "layers.yaml")
    app = Application(
        __name__,
        title=page.TITLE,
        update_title=None,
        assets_folder=str(ROOT / "assets"),
        assets_ignore=NO_SINGLE_FILES,
        index_string=INDEX,
        serve_locally=True,
        suppress_callback_exceptions=True,  # pages are laid out when they are opened
    )
    basemaps = read_basemaps(settings.data / "basemaps.yaml")
    laid_out = cache(lambda _language: with_static_parts(page.layout(store, styles, basemaps), live_ids(app)))
    app.layout = lambda: laid_out(i18n.language())
    page.register(app, store, styles)
    kept = KeptAnswers(app.server)
    register_bundles(app, kept, ROOT / "assets", style_sheet(styles, store.plans))
    app.opening_map = OpeningMap(store, styles, kept)
    app.plans = tuple(store.plans)
    app.ledger = LedgerMaker(settings.data, store)
    register_routes(app.server, store, styles)
    register_coverage(app.server, store, app.ledger)
    source = map_source(store, styles)
    jobs = Jobs()
    register_jobs(app.server, jobs)
    register_figures(app.server, source, settings.data / "layouts.yaml", jobs)
    register_scene_pictures(app.server, source)
    register_downloads(app.server, store, styles)
    register_books(app.server, store, source, jobs)
    register_share(app.server, store)
    i18n.register_language(app.server)
    register_basemaps(app, basemaps)
    register_security(app, tile_hosts(basemaps))
    app.server.config["COMPRESS_MIMETYPES"] = [
        "text/html", "text/css", "application/json", "application/javascript", "text/javascript", "application/geo+json",
    ]  # fmt: skip
    app.server.config["COMPRESS_CACHE_BACKEND"] = PackedOnce
    app.server.config["COMPRESS_CACHE_KEY"] = packing_key
    Compress(app.server)
    return app


_FIRST_ASKED = ("/", "/_dash-layout", "/facets.json", "/structures/page", "/crossplan/page")


def _make_ready(app: Application, makes_ledger: bool) -> None:
    """Ask for what takes long the first time, so that the first visitor need not wait for it; then begin the ledger."""
    client = app.server.test_client()
    for path in (*_FIRST_ASKED, *(f"/read/{plan}" for plan in app.plans)):
        client.get(path)
    if makes_ledger:
        app.ledger.start()


def serve(app: Application, settings: Settings) -> None:
    """Serve until interrupted.

    Raises
    ------
    OSError
        When the port is taken; the message names it.
    """
    from waitress.server import create_server

    try:
        server = create_server(app.server, host=settings.host, port=settings.port, threads=16, ident=None)
    except ValueError as e:  # no such address
        raise OSError(f"地址 {settings.host} 无法使用，请用 --host 换一个") from e
    except OSError as e:
        raise OSError(f"端口 {settings.port} 无法使用（{e.strerror}），请用 --port 换一个") from e
    if settings.makes_ledger:
        app.ledger.announce()
    threading.Thread(target=_make_ready, args=(app, settings.makes_ledger), daemon=True).start()
    print(f"规划图集：http://{settings.host}:{settings.port}", flush=True)  # noqa: T201
    logging.getLogger("waitress").setLevel(logging.ERROR)  # not a word for each short wait
    try:
        server.run()
    finally:
        server.close()
