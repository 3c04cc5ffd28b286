"""Every component id, in one place. Pattern-matching ids are made by the functions."""

from __future__ import annotations

MAP = "map"
HIGHLIGHT = "highlight"
SELECTED = "selected-feature"
PANEL = "feature-panel"
READER = "reader"
READER_BODY = "reader-body"
SIDE_TABS = "side-tabs"
PAGE = "page"
PAGE_BODY = "page-body"
SEARCH = "search"
SEARCH_RESULTS = "search-results"
TREE = "layer-tree"
PROJECTS_PAGE = "projects-page"
PROJECTS_GRID = "projects-grid"
SCENES = "scenes"
SCENES_BUTTON = "scenes-button"
STAGE = "stage"
SHARE = "share"
SHARE_BUTTON = "share-button"
CROSSPLAN_DETAIL = "crossplan-detail"
BASEMAP = "basemap"


def layer(category: str) -> dict[str, str]:
    return {"type": "layer", "category": category}
