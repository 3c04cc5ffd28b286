"""The golden export of the tiny plan; ``python -m tests.layers.golden`` writes it anew."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from layers.building import build
from layers.export_geojson import feature_collection
from layers.store import Store
from tests.conftest import FIXTURES, copy_tiny

GOLDEN = FIXTURES / "tiny.geojson"


def comparable(store: Store) -> dict[str, Any]:
    """The export as JSON gives it back, without the version, which follows the base map too."""
    collection = json.loads(json.dumps(feature_collection(store), ensure_ascii=False))
    collection.pop("version")
    return dict(collection)


def main() -> None:
    """Write the golden file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.gpkg"
        build(copy_tiny(Path(folder) / "data"), path)
        text = json.dumps(comparable(Store(path)), ensure_ascii=False, indent=1)
    GOLDEN.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
