"""What goes wrong when a figure is made; every message is one sentence for the person who asked for it."""

from __future__ import annotations

import errno

from layers.said import joined, said

_REASONS = {
    errno.ENOENT: said("文件或文件夹不存在"),
    errno.EACCES: said("没有权限"),
    errno.EPERM: said("没有权限"),
    errno.EROFS: said("磁盘是只读的"),
    errno.ENOSPC: said("磁盘已满"),
    errno.EDQUOT: said("磁盘配额已满"),
    errno.ENOTDIR: said("路径中有一段不是文件夹"),
    errno.EISDIR: said("这是一个文件夹"),
    errno.ENAMETOOLONG: said("文件名太长"),
}


def reason(error: OSError) -> str:
    """What the system says, in Chinese where it is a common case."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


class RenderError(ValueError):
    """The figure cannot be made as asked; the message says what is wrong and what would be right."""


class LayoutError(RenderError):
    """A layout specification is wrong; ``problems`` holds one sentence an error, the message joins them."""

    def __init__(self, *problems: str) -> None:
        super().__init__(joined(problems, "；"))
        self.problems = problems


class WriteError(RenderError):
    """The file cannot be written; nothing of it is left behind."""
