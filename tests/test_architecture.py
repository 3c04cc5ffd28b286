"""The import direction: geo <- layers <- viewer <- app."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["geo", "layers", "viewer", "app"]
WEB = {"dash", "flask", "dash_leaflet", "flask_compress", "waitress"}


def sources(package: str) -> list[Path]:
    return [ROOT / "app.py"] if package == "app" else sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Top-level names of everything a file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(a.name.split(".")[0] for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("package", LAYERS)
def test_nothing_imports_upward(package: str) -> None:
    above = set(LAYERS[LAYERS.index(package) + 1 :])
    files = sources(package)
    assert files
    wrong = {f"{path.relative_to(ROOT)} imports {name}" for path in files for name in imported(path) & above}
    assert not wrong


@pytest.mark.parametrize("package", ["geo", "layers"])
def test_only_viewer_and_app_know_the_web(package: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(package)
        for name in imported(path) & WEB
    }
    assert not wrong


def test_no_drawers_for_everything() -> None:
    names = {"utils.py", "common.py", "helpers.py", "manager.py"}
    assert not [p for package in LAYERS[:3] for p in sources(package) if p.name in names]
