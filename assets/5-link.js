/* The link: the whole state of the page in the address, versioned; reload, back and forward restore it. */
(function (atlas) {
  "use strict";
  const VERSION = "1";
  let restoring = false;
  let waiting = null;
  let view = null; /* lat,lon,zoom */

  function write(push) {
    const link = compose();
    if (link === location.search) return;
    if (push) history.pushState(null, "", link);
    else history.replaceState(null, "", link);
  }

  function compose() {
    const s = atlas.state;
    const body = document.getElementById("reader-body");
    const query = new URLSearchParams({ v: VERSION });
    if (s.page !== "map") query.set("page", s.page);
    if (s.plan) query.set("plan", s.plan);
    if (s.level !== "1") query.set("level", s.level);
    if (s.layers) query.set("layers", s.layers.join("."));
    if (s.feature) query.set("feature", s.feature);
    if (s.tab === "reader" && body && body.dataset.plan) query.set("read", body.dataset.plan);
    if (s.only) query.set("only", s.only.join(","));
    atlas.facets.write(query);
    atlas.rowTools.write(query);
    if (view) query.set("view", view);
    return plain(query);
  }

  const plain = (query) => "?" + query.toString().replaceAll("%2C", ",");

  /* The link of a scene: the map as it is, all its layers named, its extent as a box, so that any window can show it. */
  function ofScene() {
    const query = new URLSearchParams(compose());
    ["page", "read", "view"].forEach((name) => query.delete(name));
    const shown = [...document.querySelectorAll('[class*="leaflet-layer-"]')].filter((pane) => pane.style.display !== "none");
    query.set("layers", shown.map((pane) => pane.className.match(/leaflet-layer-(.+)-pane/)[1]).join("."));
    const seen = atlas.leaflet.getBounds();
    query.set("box", [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()].map((degrees) => degrees.toFixed(5)).join(","));
    return plain(query);
  }

  document.addEventListener("atlas-change", function (event) {
    if (restoring) return;
    clearTimeout(waiting);
    const push = ["feature", "page", "plan", "level", "facet"].includes(event.detail);
    waiting = setTimeout(() => write(push), 120);
  });

  function watch(map) {
    map.on("moveend", function () {
      const at = map.getCenter();
      view = [at.lat.toFixed(5), at.lng.toFixed(5), map.getZoom().toFixed(2)].join(",");
      if (!restoring) {
        clearTimeout(waiting);
        waiting = setTimeout(() => write(false), 400);
      }
    });
  }

  /* Bring back what a link says; what it does not say, or says wrongly, stays as it is at the start. */
  function read() {
    restore(location.search, (box) => atlas.leaflet.fitBounds(box, { animate: false }));
  }

  const numbers = (text, count) => {
    const all = (text || "").split(",").map(Number);
    return text && all.length === count && all.every(Number.isFinite) ? all : null;
  };

  /* `move` brings the map to a box of corners ([[south, west], [north, east]]). */
  function restore(link, move) {
    const query = new URLSearchParams(link);
    restoring = true;
    try {
      const has = (selector, value) => [...document.querySelectorAll(selector)].some((node) => Object.values(node.dataset).includes(value));
      const known = (name, fallback) => (has('.option[data-filter="' + name + '"]', query.get(name)) ? query.get(name) : fallback);
      atlas.filter("plan", known("plan", ""));
      atlas.filter("level", known("level", "1"));
      atlas.facets.restore(query);
      atlas.rowTools.restore(query);
      if (query.has("layers")) window.dash_clientside.set_props("shown-categories", { data: query.get("layers").split(".") });
      atlas.showOnly(query.get("only") ? query.get("only").split(",") : null);
      const page = query.get("page");
      atlas.showPage(page && has(".nav", page) ? page : "map");
      const at = numbers(query.get("view"), 3);
      const box = numbers(query.get("box"), 4);
      if (at) atlas.leaflet.setView([at[0], at[1]], at[2], { animate: false });
      else if (box) move([[box[1], box[0]], [box[3], box[2]]]);
      if (query.get("feature") && query.get("feature") !== atlas.state.feature) {
        const onMap = atlas.state.page === "map";
        if (onMap) atlas.select(query.get("feature"), !at && !box);
      } else if (!query.get("feature") && atlas.state.feature) atlas.select(null, false);
      const plan = query.get("read");
      if (plan && has(".plan-button", plan)) atlas.reader.open(plan, null);
      else atlas.showTab("feature");
    } finally {
      restoring = false;
    }
  }

  window.addEventListener("popstate", read);
  atlas.link = { restore, ofScene };

  /* The page is there once the map is. */
  /* The whole city, once the frame has its final size. */
  function home() {
    const all = document.querySelector('.option[data-filter="plan"][data-value=""]');
    if (!all || !all.dataset.bounds) return;
    const [west, south, east, north] = all.dataset.bounds.split(",").map(Number);
    atlas.leaflet.fitBounds([[south, west], [north, east]], { animate: false });
  }

  const start = setInterval(function () {
    if (!atlas.leaflet || !document.getElementById("reader-body")) return;
    clearInterval(start);
    watch(atlas.leaflet);
    atlas.leaflet.invalidateSize({ animate: false });
    if (location.search) read();
    else home();
  }, 50);
})(window.planAtlas);
