"""Which requests may have this server keep or make something: its own pages' and programs', not those of other sites."""

from __future__ import annotations

from flask import Request

_ELSEWHERE = frozenset({"cross-site", "same-site"})


def is_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that a page of another origin asks (Fetch Metadata, ``Sec-Fetch-Site``).

    A program that is no browser says nothing and is let through; so is an old browser, which lets no page of another
    origin send JSON without asking this server first.

    References
    ----------
    W3C Fetch Metadata Request Headers, section 2.4.
    """
    return request.headers.get("Sec-Fetch-Site") in _ELSEWHERE
