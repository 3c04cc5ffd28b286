"""The picture of a scene by its link, for the presenter's window and the list of scenes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from layers.view_link import ViewLinkError
from viewer.answers import refused
from viewer.figures import Source
from viewer.i18n import _, spoken
from viewer.turns import BusyError, Turns

if TYPE_CHECKING:
    from layers.render import MapSource

_MM, _DPI = (160.0, 90.0), 120


def register_scene_pictures(server: Flask, source: Source) -> None:
    """Add the route."""
    turns = Turns(waiting=6)

    @lru_cache(maxsize=64)
    def picture(link: str) -> bytes:
        return scene_picture(source(), link)

    @server.get("/scene.png")
    def scene() -> Response:
        from layers.scene_file import SceneFileError

        try:
            with turns.turn():
                content = picture(request.args.get("link", ""))
        except (ViewLinkError, SceneFileError) as e:
            return refused(spoken(e))
        except BusyError:
            return refused(_("正在画的图太多，请等一会儿再试"), 503)
        return Response(content, content_type="image/png", headers={"Cache-Control": "max-age=3600"})


def scene_picture(source: MapSource, link: str) -> bytes:
    """What a link shows, as a small PNG.

    Raises
    ------
    ViewLinkError
        The link is none of ours.
    SceneFileError
        It shows what these data do not have.
    """
    from layers.deck.drawing import PictureDrawer
    from layers.deck.scene_view import SceneViews, check_scenes
    from layers.render.map_drawing import MapLook
    from layers.scene_sets import Scene, SceneSet

    views, scene = SceneViews(source), Scene("", "", "", "", link)
    view = views.view(scene)
    check_scenes(views, SceneSet(title="", plan="", scenes=(scene,)))
    look = MapLook(factor=1.7, scale_bar=False, north_arrow=False)
    drawer = PictureDrawer(source, _MM, look, _DPI)
    return drawer.draw(view.features, view.box, view.state.plan, view.state.opacity).png
