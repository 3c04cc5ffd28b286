/* The link: the whole state of the page in the address, versioned; reload, back and forward restore it. */
(function (atlas) {
  "use strict";
  const VERSION = "1";
  let restoring = false;
  let waiting = null;
  let view = null; /* lat,lon,zoom */

  function write(push) {
    const s = atlas.state;
    const body = document.getElementById("reader-body");
    const query = new URLSearchParams({ v: VERSION });
    if (s.page !== "map") query.set("page", s.page);
    if (s.plan) query.set("plan", s.plan);
    if (s.level !== "1") query.set("level", s.level);
    if (s.layers) query.set("layers", s.layers.join("."));
    if (s.feature) query.set("feature", s.feature);
    if (s.tab === "reader" && body && body.dataset.plan) query.set("read", body.dataset.plan);
    if (view) query.set("view", view);
    const link = "?" + query.toString().replaceAll("%2C", ",");
    if (link === location.search) return;
    if (push) history.pushState(null, "", link);
    else history.replaceState(null, "", link);
  }

  document.addEventListener("atlas-change", function (event) {
    if (restoring) return;
    clearTimeout(waiting);
    const push = ["feature", "page", "plan", "level"].includes(event.detail);
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
    const query = new URLSearchParams(location.search);
    restoring = true;
    const has = (selector, value) => [...document.querySelectorAll(selector)].some((node) => Object.values(node.dataset).includes(value));
    const known = (name, fallback) => (has('.option[data-filter="' + name + '"]', query.get(name)) ? query.get(name) : fallback);
    atlas.filter("plan", known("plan", ""));
    atlas.filter("level", known("level", "1"));
    if (query.has("layers")) window.dash_clientside.set_props("shown-categories", { data: query.get("layers").split(".") });
    const at = (query.get("view") || "").split(",").map(Number);
    if (at.length === 3 && at.every(Number.isFinite)) atlas.leaflet.setView([at[0], at[1]], at[2], { animate: false });
    const page = query.get("page");
    atlas.showPage(page && has(".nav", page) ? page : "map");
    if (query.get("feature") && query.get("feature") !== atlas.state.feature) {
      const onMap = atlas.state.page === "map";
      if (onMap) atlas.select(query.get("feature"), !query.get("view"));
    }
    const plan = query.get("read");
    if (plan && has(".plan-button", plan)) atlas.reader.open(plan, null);
    else atlas.showTab("feature");
    restoring = false;
  }

  window.addEventListener("popstate", read);

  /* The page is there once the map is. */
  const start = setInterval(function () {
    if (!atlas.leaflet || !document.getElementById("reader-body")) return;
    clearInterval(start);
    watch(atlas.leaflet);
    if (location.search) read();
  }, 50);
})(window.planAtlas);
