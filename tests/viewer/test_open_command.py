"""``open``: a file brings its view back in the browser, or says in one sentence why not."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from layers.building import build
from tests.conftest import copy_tiny
from tests.viewer.browser.serving import free_port, serving
from tests.viewer.test_share import LINK, figure
from viewer.command_line import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    data = copy_tiny(tmp_path / "data")
    monkeypatch.setenv("PLAN_ATLAS_DATA", str(data))
    monkeypatch.setenv("PLAN_ATLAS_STORE", str(tmp_path / "atlas.gpkg"))

    def call(*words: str) -> tuple[int, str, str]:
        code = run(words, serve=lambda settings: print("serving", settings.port))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: addresses.append(address) or True)
    return addresses


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "图.png"
    path.write_bytes(figure("/" + LINK, "0123456789ab"))
    return path


def test_print_only_prints(command: Run, opened: list[str], file: Path, tmp_path: Path) -> None:
    assert command("open", "--print", str(file)) == (0, f"/{LINK}\n", "")
    assert opened == []
    assert not (tmp_path / "atlas.gpkg").exists()


def test_it_says_when_the_data_are_others(command: Run, file: Path, tmp_path: Path) -> None:
    build(tmp_path / "data", tmp_path / "atlas.gpkg")
    code, out, said = command("open", "--print", str(file))
    assert (code, out) == (0, f"/{LINK}\n")
    assert "0123456789ab" in said
    assert said.count("\n") == 1


def test_a_running_atlas_is_opened_at_the_view(
    command: Run, opened: list[str], file: Path, store_path: Path
) -> None:
    with serving(store_path) as server:
        code, out, said = command("open", "--port", server.url.rsplit(":", 1)[1], str(file))
    assert (code, opened) == (0, [f"{server.url}/{LINK}"])
    assert out.strip() == opened[0]
    assert "文件出自数据版本" in said


def test_where_none_runs_one_is_served(command: Run, opened: list[str], file: Path) -> None:
    port = free_port()
    code, out, _ = command("open", "--port", str(port), str(file))
    assert (code, out) == (0, f"serving {port}\n")


def test_without_a_browser_the_address_is_printed(
    command: Run, file: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    with serving(store_path) as server:
        code, out, said = command("open", "--port", server.url.rsplit(":", 1)[1], str(file))
    assert (code, out) == (0, f"{server.url}/{LINK}\n")
    assert "没有找到浏览器" in said


def test_no_proxy_is_asked_for_this_machine(
    command: Run, opened: list[str], file: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("no_proxy", "")
    with serving(store_path) as server:
        command("open", "--port", server.url.rsplit(":", 1)[1], str(file))
    assert opened == [f"{server.url}/{LINK}"]


@pytest.mark.parametrize(
    "content", [b"", b"a letter", b"%PDF-1.4\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"<html>"]
)
def test_a_file_without_a_view_is_one_sentence(command: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    code, out, said = command("open", str(tmp_path / "x"))
    assert (code, out) == (1, "")
    assert said.startswith("错误：")
    assert said.count("\n") == 1


@pytest.mark.parametrize("words", [(), ("a", "b"), ("--what", "a")])
def test_wrong_words_are_one_sentence(command: Run, words: tuple[str, ...]) -> None:
    code, _, said = command("open", *words)
    assert code == 2
    assert said.startswith("参数错误：")
    assert said.count("\n") == 1
