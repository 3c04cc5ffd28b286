"""Plan Atlas 规划图集: ``python app.py`` serves the map; ``python app.py --help`` lists the other commands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from viewer.command_line import run
from viewer.settings import Settings

if TYPE_CHECKING:
    from viewer.document import Application


def create_app(settings: Settings) -> Application:
    """The web application for a built store."""
    from viewer.application import build_application

    return build_application(settings)


def _serve(settings: Settings) -> None:
    from viewer.application import serve

    serve(create_app(settings), settings)


def main() -> int:
    """Run the command line; returns the exit status."""
    return run(sys.argv[1:], _serve)


if __name__ == "__main__":
    raise SystemExit(main())
