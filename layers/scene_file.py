"""A file of scenes that a user has kept: read with care, every problem told by the scene and the reason.

assets/9-scene-file.js writes such files and reads them in the browser; the limits are the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from layers.said import joined, said, sentence_of
from layers.scene_sets import SCHEMA, VERSION, Scene, SceneSet
from layers.view_link import ViewLinkError, check_link

LARGEST = 4_000_000
"""Bytes of a file."""
MOST = 400
LENGTHS = {"id": 300, "chapter": 200, "caption": 600, "note": 8000}
"""Characters of each text of a scene."""
_LONGEST_TITLE = 200
_TOLD = 5


class SceneFileError(ValueError):
    """The file cannot be used; the message has a sentence for each problem, the first few of many."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        more = len(problems) - _TOLD
        told = joined(problems[:_TOLD], "；")
        super().__init__(said("{problems}；另有 {more} 处", problems=told, more=more) if more > 0 else told)


def read_scene_file(path: Path) -> SceneSet:
    """The scenes of a file on disk; see :func:`parse_scenes`.

    Raises
    ------
    SceneFileError
        It cannot be read, or its content is wrong.
    """
    try:
        folder = path.is_dir()
        content = b"" if folder else _beginning(path)
    except FileNotFoundError as e:
        raise SceneFileError([f"没有场景文件 {path}"]) from e
    except OSError as e:
        raise SceneFileError([f"无法读取场景文件 {path}：{e.strerror}"]) from e
    except ValueError as e:
        raise SceneFileError(["场景文件的路径里有不能用的字符"]) from e
    if folder:
        raise SceneFileError([f"{path} 是文件夹，不是场景文件"])
    return parse_scenes(content)


def _beginning(path: Path) -> bytes:
    """As much of a file as tells whether it is too large."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def parse_scenes(content: bytes) -> SceneSet:
    """The scenes of a file.

    Every scene has an id of its own and a link in the form of this version; ``plan`` is empty where the file names none.

    Raises
    ------
    SceneFileError
        It is too large, no file of scenes, of another version, holds no scene or too many, or scenes are wrong.
    """
    if len(content) > LARGEST:
        raise SceneFileError([said("场景文件超过 {most} MB", most=LARGEST // 1_000_000)])
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as e:
        raise SceneFileError([said("场景文件不是有效的 JSON，可能已损坏")]) from e
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise SceneFileError(
            [said("这个文件不是规划图集的演示场景（没有写明 schema 是 {schema}）", schema=SCHEMA)]
        )
    if data.get("version") != VERSION or isinstance(data["version"], bool):
        given = str(data.get("version"))[:20]
        raise SceneFileError(
            [said("场景文件的版本是 {version}，这里只认得 {known}", version=given, known=VERSION)]
        )
    items = data.get("scenes")
    if not isinstance(items, list) or not items:
        raise SceneFileError([said("场景文件里没有场景")])
    if len(items) > MOST:
        raise SceneFileError([said("场景文件有 {n} 个场景，最多 {most} 个", n=len(items), most=MOST)])
    problems = [sentence for number, item in enumerate(items, 1) for sentence in _problems(number, item)]
    if problems:
        raise SceneFileError(problems)
    title, plan = (data.get(key) for key in ("title", "plan"))
    return SceneSet(
        title=_plain(title)[:_LONGEST_TITLE] if isinstance(title, str) else "",
        plan=plan if isinstance(plan, str) else "",
        scenes=tuple(_with_own_ids([_scene(item) for item in items])),
    )


def scene_place(number: int, caption: str) -> str:
    """How a sentence names a scene: its number, and its title where it has one."""
    title = caption.partition("\n")[0].strip()
    if not title:
        return said("第 {number} 个场景", number=number)
    return said("第 {number} 个场景「{title}」", number=number, title=title[:24])


def _problems(number: int, item: object) -> Iterator[str]:
    if not isinstance(item, dict):
        yield said("第 {number} 个场景不是一个对象", number=number)
        return
    caption = item.get("caption")
    place = scene_place(number, caption if isinstance(caption, str) else "")
    for name, longest in LENGTHS.items():
        value = item.get(name, "")
        if not isinstance(value, str):
            yield said("{scene}的 {field} 不是文字", scene=place, field=name)
        elif len(value) > longest:
            yield said(
                "{scene}的 {field} 太长：{n} 字，最多 {most} 字",
                scene=place,
                field=name,
                n=len(value),
                most=longest,
            )
    link = item.get("link")
    if not isinstance(link, str):
        yield said("{scene}没有视图链接（link）", scene=place)
        return
    try:
        check_link(link)
    except ViewLinkError as e:
        yield said("{scene}的链接不能用：{reason}", scene=place, reason=sentence_of(e))


def _scene(item: dict[str, Any]) -> Scene:
    texts = {name: _plain(item.get(name, "")) for name in LENGTHS}
    return Scene(**texts, link=check_link(item["link"]))


def _with_own_ids(scenes: list[Scene]) -> Iterator[Scene]:
    seen: set[str] = set()
    for number, scene in enumerate(scenes, 1):
        own = scene.id if scene.id and scene.id not in seen else f"own/{number}"
        seen.add(own)
        yield replace(scene, id=own)


def _plain(text: str) -> str:
    """Without control characters and halves of characters, which no document can hold."""
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF))
