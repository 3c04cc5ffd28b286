"""The build: each plan's own steps, the steps of a whole build, and the command line from a user's side.

Plans name features of each other, so one plan alone is no valid data folder: what is printed for a plan is the time to
parse its text, put it in reading order and find its mentions. The command line runs in a process of its own, the
start of the interpreter included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from layers.building import build
from layers.catalog import read_catalog
from layers.mentions import PlanText, find_mentions
from layers.passages import parse_passages
from layers.plans import read_plans
from layers.reading import read_in_order
from viewer.settings import ROOT

Rows = Iterator[tuple[str, str]]


def time_builds(folder: Path) -> Rows:
    """Time of each plan's own steps, of a build's steps, then of two whole builds and of one with nothing to do, with peak memory."""
    yield from _plans()
    yield from _steps(folder / "steps.gpkg")
    for name, force in (("build, all plans", True), ("build, all plans, again", True), ("build, up to date", False)):  # fmt: skip
        seconds, peak_mb = _run(["build", *(["--force"] if force else [])], folder / "timed.gpkg")
        yield name, f"{seconds:6.2f} s   peak memory {peak_mb:.0f} MB"


def time_export(store: Path, folder: Path) -> Rows:
    """Time and size of the GeoJSON export of everything."""
    out = folder / "all.geojson"
    seconds, peak_mb = _run(["export", "--format", "geojson", "--all", str(out)], store)
    yield (
        "export, GeoJSON",
        f"{seconds:6.2f} s   peak memory {peak_mb:.0f} MB, {out.stat().st_size / 1e6:.1f} MB",
    )


def _plans() -> Rows:
    plans = read_plans(ROOT / "data")
    catalog = read_catalog(ROOT / "data" / "catalog", plans)
    for plan in plans.values():
        start = time.perf_counter()
        find_mentions(catalog, PlanText(plan, read_in_order(plan, parse_passages(plan))))
        yield f"build, own steps of {plan.id}", f"{time.perf_counter() - start:6.2f} s"


def _steps(store: Path) -> Rows:
    """What a build tells of its progress, as times; a step begins when its name first comes."""
    begun: dict[str, float] = {}
    build(ROOT / "data", store, lambda step, _: begun.setdefault(step, time.perf_counter()), force=True)
    for (step, start), end in zip(begun.items(), list(begun.values())[1:], strict=False):
        yield f"build, step {step}", f"{end - start:6.2f} s"


# A small process between: a child starts with the memory peak of whoever starts it.
_MEASURED = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def _run(arguments: list[str], store: Path) -> tuple[float, float]:
    """Seconds and peak resident megabytes of one run of the command line."""
    answer = subprocess.run(
        [sys.executable, "-c", _MEASURED, sys.executable, "app.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "PLAN_ATLAS_STORE": str(store)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    seconds, peak_mb = map(float, answer.stdout.split())
    return seconds, peak_mb
