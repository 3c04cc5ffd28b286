"""Where things are and how the server listens: one frozen value, read once and passed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """``data`` is the folder a planner edits, ``store`` the GeoPackage built from it.

    ``makes_ledger``: whether a server makes the ledger of the page 收录 where it is missing or out of date.
    """

    data: Path = ROOT / "data"
    store: Path = ROOT / "data" / "built" / "atlas.gpkg"
    host: str = "127.0.0.1"
    port: int = 8050
    makes_ledger: bool = True


def settings_from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Defaults, changed by PLAN_ATLAS_DATA, PLAN_ATLAS_STORE, PLAN_ATLAS_HOST, PLAN_ATLAS_PORT and PLAN_ATLAS_COVERAGE.

    Raises
    ------
    ValueError
        When the port is no number from 1 to 65535, or PLAN_ATLAS_COVERAGE neither ``auto`` nor ``off``.
    """
    data = Path(environment.get("PLAN_ATLAS_DATA", Settings.data))
    store = Path(environment.get("PLAN_ATLAS_STORE", data / "built" / "atlas.gpkg"))
    port = environment.get("PLAN_ATLAS_PORT", str(Settings.port))
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"PLAN_ATLAS_PORT 应是 1 到 65535 的整数，写的是 {port!r}")
    coverage = environment.get("PLAN_ATLAS_COVERAGE", "auto")
    if coverage not in ("auto", "off"):
        raise ValueError(f"PLAN_ATLAS_COVERAGE 应是 auto 或 off，写的是 {coverage!r}")
    host = environment.get("PLAN_ATLAS_HOST", Settings.host)
    return Settings(data, store, host, int(port), coverage == "auto")
