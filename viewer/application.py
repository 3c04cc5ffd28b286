"""The Dash application on one store, and the server that serves it."""

from __future__ import annotations

import logging

from dash import Dash
from flask_compress import Compress

from layers.store import Store
from layers.styles import read_styles
from viewer import page
from viewer.downloads import register_downloads
from viewer.routes import register_routes
from viewer.security import register_security
from viewer.settings import ROOT, Settings

_INDEX = """<!DOCTYPE html>
<html lang="zh-CN">
<head>{%metas%}<meta name="viewport" content="width=device-width, initial-scale=1"><title>{%title%}</title>{%favicon%}{%css%}<link rel="stylesheet" href="/layers.css"></head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


def build_application(settings: Settings) -> Dash:
    """The application for a built store; safe to call more than once in a process.

    Raises
    ------
    StoreMissingError
        When there is no readable store.
    StyleError
        When data/layers.yaml is wrong.
    """
    store = Store(settings.store)
    styles = read_styles(settings.data / "layers.yaml")
    app = Dash(
        __name__,
        title=page.TITLE,
        update_title=None,
        assets_folder=str(ROOT / "assets"),
        assets_ignore=r"^presenter\.",  # of the presenter's window, not of the page
        index_string=_INDEX,
        serve_locally=True,
        suppress_callback_exceptions=True,  # pages are laid out when they are opened
    )
    app.layout = page.layout(store, styles)
    page.register(app, store, styles)
    register_routes(app.server, store, styles)
    register_downloads(app.server, store, styles)
    register_security(app)
    app.server.config["COMPRESS_MIMETYPES"] = [
        "text/html", "text/css", "application/json", "application/javascript", "text/javascript", "application/geo+json",
    ]  # fmt: skip
    Compress(app.server)
    return app


def serve(app: Dash, settings: Settings) -> None:
    """Serve until interrupted.

    Raises
    ------
    OSError
        When the port is taken; the message names it.
    """
    from waitress.server import create_server

    try:
        server = create_server(app.server, host=settings.host, port=settings.port, threads=16, ident=None)
    except OSError as e:
        raise OSError(f"端口 {settings.port} 无法使用（{e.strerror}），请用 --port 换一个") from e
    print(f"规划图集：http://{settings.host}:{settings.port}", flush=True)  # noqa: T201
    logging.getLogger("waitress").setLevel(logging.ERROR)  # not a word for each short wait
    try:
        server.run()
    finally:
        server.close()
