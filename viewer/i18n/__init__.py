"""The interface in Chinese or English. Chinese text is the message id; plan text and names are never translated."""

from viewer.i18n.catalogue import CatalogueError, browser_messages, check_catalogues
from viewer.i18n.document import messages_element
from viewer.i18n.errors import spoken
from viewer.i18n.language import (
    DEFAULT,
    LANGUAGES,
    OWN_NAMES,
    PLAN_WORDS,
    document_language,
    language,
    language_tag,
    register_language,
)
from viewer.i18n.messages import N_, _, _n, label, phrase, phrase_n, precision_label, precision_meaning

__all__ = [
    "DEFAULT", "LANGUAGES", "N_", "OWN_NAMES", "PLAN_WORDS", "CatalogueError", "_", "_n", "browser_messages", "check_catalogues",
    "document_language", "label", "language", "language_tag", "messages_element", "phrase", "phrase_n", "precision_label",
    "precision_meaning", "register_language", "spoken",
]  # fmt: skip
