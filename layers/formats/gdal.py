"""Writing with GDAL: tables to layers of a file, and its errors as OSErrors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd  # type: ignore[import-untyped, unused-ignore]
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError
from shapely.geometry.base import BaseGeometry

from layers.formats.rows import Column, Value

_TYPES = {"text": "object", "whole": "Int32", "real": "float64"}


def frame(
    columns: Sequence[Column], rows: Sequence[Sequence[Value]], names: Sequence[str] | None = None
) -> Any:
    """Rows as a data frame whose columns keep their kinds even when empty; ``names`` replace the keys."""
    keys = [c.key for c in columns] if names is None else names
    columns_values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return pd.DataFrame(
        {
            key: pd.Series(list(values), dtype=_TYPES[column.kind])
            for key, column, values in zip(keys, columns, columns_values, strict=True)
        }
    )


def geo_frame(table: Any, geometries: Sequence[BaseGeometry], crs: str) -> Any:
    """A data frame with its geometries."""
    return gpd.GeoDataFrame(table, geometry=list(geometries), crs=crs)


def write_layer(data: Any, path: Path, **options: Any) -> None:
    """Write one layer and check that every row is there.

    Raises
    ------
    OSError
        GDAL cannot write it, or wrote less than it was given, as on a full disk.
    """
    with gdal_errors():
        pyogrio.write_dataframe(data, path, **options)
        written = pyogrio.read_info(path, layer=options.get("layer"))["features"]
    if written != len(data):
        raise OSError(f"只写下 {written} 行，应为 {len(data)} 行（请检查磁盘空间）")


@contextmanager
def gdal_errors() -> Iterator[None]:
    """What GDAL cannot write, as an OSError."""
    try:
        yield
    except (DataSourceError, DataLayerError, FeatureError) as e:
        raise OSError(str(e).partition(":")[0]) from e
