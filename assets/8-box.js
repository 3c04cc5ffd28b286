/* 「文随图动」: a box drawn on the map (the tool, or Shift and drag) lists the features shown in it and the paragraphs
   that name them, in a tab of its own. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const byId = (id) => document.getElementById(id);
  let from = null;
  let drawn = null;
  let asked = 0;

  function watch(map) {
    const container = map.getContainer();
    map.boxZoom.disable();
    container.addEventListener("mousedown", function (event) {
      if (event.button !== 0 || !(event.shiftKey || atlas.tools.active() === "box") || event.target.closest(".leaflet-control, .leaflet-popup")) return;
      event.preventDefault();
      event.stopPropagation();
      container.focus({ preventScroll: true });
      from = map.mouseEventToLatLng(event);
    }, true);
    document.addEventListener("mousemove", function (event) {
      if (from) draw(map, L.latLngBounds(from, map.mouseEventToLatLng(event)));
    });
    document.addEventListener("mouseup", function (event) {
      if (!from) return;
      const bounds = L.latLngBounds(from, map.mouseEventToLatLng(event));
      const size = map.latLngToContainerPoint(from).distanceTo(map.mouseEventToContainerPoint(event));
      from = null;
      if (size >= 6) ask(bounds);
      else clear();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      from = null;
      clear();
    });
  }

  function draw(map, bounds) {
    clear();
    drawn = L.rectangle(bounds, { pane: atlas.tools.pane(), interactive: false, className: "measured", weight: 2, dashArray: "6 4" }).addTo(map);
  }

  function clear() {
    if (drawn) drawn.remove();
    drawn = null;
  }

  /* What the filters, layers and levels show. */
  function shown(id) {
    const category = atlas.facets.category(id);
    const pane = category && atlas.leaflet.getPane("layer-" + category);
    const { only } = atlas.state;
    return pane && pane.style.display !== "none" && atlas.shows(id) && (!only || only.includes(id));
  }

  let bounds = null; /* of the list that is there */

  /* When what is shown changes, the list is asked for again. */
  function follow() {
    if (bounds && atlas.state.tab === "box") ask(bounds);
  }

  async function ask(wanted) {
    bounds = wanted;
    const mine = ++asked;
    atlas.tools.stop();
    draw(atlas.leaflet, bounds);
    byId("box-tab").hidden = false;
    atlas.showTab("box");
    const frame = byId("box-list");
    frame.textContent = t("正在查找……");
    try {
      const at = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((degrees) => degrees.toFixed(6)).join(",");
      const found = await fetch("/box.json?at=" + at);
      if (!found.ok) throw new Error(found.status);
      const all = await found.json();
      const ids = all.filter(shown);
      const out = all.filter((id) => !atlas.keeps(id)).length;
      const answer = await fetch("/box", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(ids) });
      if (!answer.ok) throw new Error(answer.status);
      const html = await answer.text();
      if (mine !== asked) return;
      frame.innerHTML = html;
      atlas.filtered.say(frame, out ? tn("框里还有 {n} 个要素，已按筛选隐藏。", out) : "");
      frame.scrollTop = 0;
    } catch (error) {
      if (mine === asked) frame.textContent = t("没有取到框内的要素，请检查服务是否还在运行，然后再框一次。");
    }
  }

  document.addEventListener("atlas-change", (event) => ["plan", "level", "facet", "layers"].includes(event.detail) && follow());

  atlas.box = { ask };

  const start = setInterval(function () {
    if (!atlas.leaflet || !atlas.tools) return;
    clearInterval(start);
    watch(atlas.leaflet);
  }, 50);
})(window.planAtlas);
