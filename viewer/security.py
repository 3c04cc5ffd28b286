"""What the browser is told it may do: no evaluated code, no framing, nothing from other hosts but pictures of a base map."""

from __future__ import annotations

from collections.abc import Iterable

from dash import Dash
from flask import Response

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",  # and the hashes of Dash's own inline scripts
    "style-src": "'self' 'unsafe-inline'",  # Leaflet sets style attributes
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}


def register_security(app: Dash, picture_hosts: Iterable[str] = ()) -> None:
    """Add the headers to every answer; call it when every inline script of the app is known.

    Parameters
    ----------
    app
        The application.
    picture_hosts
        ``https://host`` of each online base map that may be picked.
    """
    more = {"script-src": app.csp_hashes(), "img-src": picture_hosts}
    policy = "; ".join(" ".join([name, value, *more.get(name, ())]) for name, value in _POLICY.items())

    @app.server.after_request
    def add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
