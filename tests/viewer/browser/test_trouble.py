"""What only goes wrong in a browser: a server that is gone, and markup in the data."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.viewer.browser.opened_page import open_page
from tests.viewer.browser.serving import serving
from tests.viewer.conftest import Find

GONE = "与服务的连接断了"


def test_a_lost_server_is_said_in_words_and_forgotten_when_it_is_back(
    chromium: Browser, store_path: Path, find: Find
) -> None:
    axis = find("青烟城镇发展轴")
    with serving(store_path) as server, open_page(chromium, server.url) as opened:
        notice = opened.page.get_by_role("alert").filter(has_text=GONE)
        expect(notice).to_have_count(0)
        server.process.kill()
        server.process.wait()
        opened.click_feature(axis.id)
        expect(notice).to_be_visible()
        opened.page.get_by_role("tab", name="原文").click()
        expect(opened.page.locator(".reader-body")).to_contain_text("原文没有打开")
        with serving(store_path, port=int(server.url.rsplit(":", 1)[1])):
            opened.page.locator(".plan-button").first.click()
            expect(opened.page.locator(".reader-body header")).to_be_visible()
            opened.page.get_by_role("tab", name="要素").click()
            opened.click_feature(axis.id)
            expect(opened.title(axis.name)).to_be_visible()
            expect(notice).to_have_count(0)


MARKUP = '<img src=x onerror="window.hacked=1">&amp;'


def doctored(store_path: Path, feature_id: str, target: Path) -> Path:
    """A store in which a name, its quotations and a paragraph hold markup."""
    shutil.copy(store_path, target)
    with closing(sqlite3.connect(target)) as db, db:
        db.execute("UPDATE features SET name = ?, aliases = json_array(?), basis = ? WHERE id = ?", [MARKUP] * 3 + [feature_id])  # fmt: skip
        db.execute("UPDATE mentions SET before = ?, mention = ? WHERE feature = ?", [MARKUP, MARKUP, feature_id])  # fmt: skip
        db.execute("UPDATE blocks SET segments = json_insert(segments, '$[#]', json_array(?, null, null, json_array()))", [MARKUP])  # fmt: skip
    return target


def test_markup_in_the_data_stays_text(
    chromium: Browser, store_path: Path, find: Find, tmp_path: Path
) -> None:
    bay = find("胶州湾")
    with (
        serving(doctored(store_path, bay.id, tmp_path / "atlas.gpkg")) as server,
        open_page(chromium, server.url) as opened,
    ):
        page = opened.page
        page.mouse.move(*opened.spot(bay.id))
        expect(page.locator(".leaflet-tooltip")).to_contain_text(MARKUP)
        opened.click_feature(bay.id)
        expect(opened.title(MARKUP)).to_be_visible()
        page.locator(".panel blockquote [data-read-plan]").first.click()
        expect(page.locator(".reader-body")).to_contain_text(MARKUP)
        opened.search(MARKUP)
        expect(page.locator("img[src=x]")).to_have_count(0)
        assert page.evaluate("window.hacked === undefined")
