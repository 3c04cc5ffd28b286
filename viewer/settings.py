"""Where things are and how the server listens: one frozen value, read once and passed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """``data`` is the folder a planner edits, ``store`` the GeoPackage built from it."""

    data: Path = ROOT / "data"
    store: Path = ROOT / "data" / "built" / "atlas.gpkg"
    host: str = "127.0.0.1"
    port: int = 8050


def settings_from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Defaults, changed by PLAN_ATLAS_DATA, PLAN_ATLAS_STORE, PLAN_ATLAS_HOST and PLAN_ATLAS_PORT.

    Raises
    ------
    ValueError
        When the port is no number from 1 to 65535.
    """
    data = Path(environment.get("PLAN_ATLAS_DATA", Settings.data))
    store = Path(environment.get("PLAN_ATLAS_STORE", data / "built" / "atlas.gpkg"))
    port = environment.get("PLAN_ATLAS_PORT", str(Settings.port))
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"PLAN_ATLAS_PORT 应是 1 到 65535 的整数，写的是 {port!r}")
    return Settings(data, store, environment.get("PLAN_ATLAS_HOST", Settings.host), int(port))
