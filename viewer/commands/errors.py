"""What a command says when its words are wrong."""


class UsageError(ValueError):
    """The command's words are wrong; the message says what would be right."""
