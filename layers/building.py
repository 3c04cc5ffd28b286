"""When to build, and building: the store is made anew only when its inputs have changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from layers.inputs import inputs_digest
from layers.progress import Progress, silent
from layers.store import Store, StoreMissingError


@dataclass(frozen=True)
class BuildResult:
    """``content`` is the hash of what the store holds; ``skipped`` when it was up to date."""

    path: Path
    content: str
    skipped: bool


def build(data: Path, path: Path, progress: Progress = silent, force: bool = False) -> BuildResult:
    """Build the store where it is missing, older than its inputs, or ``force`` asks for it.

    Raises
    ------
    PlanError, CatalogError, FormulaError, StageError, StyleError, GeoError, StoreError
        Each with one sentence that names file, entry and reason; a former store stays.
    """
    inputs = inputs_digest(data)
    if not force:
        try:
            former = Store(path)
            if former.meta.get("inputs") == inputs:
                return BuildResult(path, former.version, skipped=True)
        except StoreMissingError:
            pass
    # Imported only here: a start with an up-to-date store does not wait for geopandas.
    from layers.atlas import build_atlas
    from layers.store_writing import write_store

    atlas = build_atlas(data, progress)
    progress("写入数据文件", 0.92)
    content = write_store(atlas, path, inputs)
    progress("完成", 1.0)
    return BuildResult(path, content, skipped=False)
