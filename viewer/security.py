"""What the browser is told it may do: nothing from other hosts, no evaluated code, no framing."""

from __future__ import annotations

from dash import Dash
from flask import Response

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",  # and the hashes of Dash's own inline scripts
    "style-src": "'self' 'unsafe-inline'",  # Leaflet and Mantine set style attributes
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}


def register_security(app: Dash) -> None:
    """Add the headers to every answer; call it when every inline script of the app is known."""
    hashes = " ".join(app.csp_hashes())
    policy = "; ".join(
        f"{name} {value}{' ' + hashes if name == 'script-src' else ''}" for name, value in _POLICY.items()
    )

    @app.server.after_request
    def add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
