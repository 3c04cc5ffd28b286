"""What a document carries so that its scripts speak its language."""

from __future__ import annotations

import json

from viewer.i18n.catalogue import browser_messages


def messages_element(language: str) -> str:
    """The translations that assets/*.js need, as data in the document; nothing for Chinese.

    A block of data is no script to the Content-Security-Policy.
    """
    messages = browser_messages(language)
    if not messages:
        return ""
    data = json.dumps(messages, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script id="messages" type="application/json">{data}</script>'
