/* The link: the whole state of the page in the address, as assets/0-view-link.js writes it; reload, back and forward
   restore it. What a page keeps of its own it registers here:

     atlas.link.addPart("projects", { write: () => ({ sort: "line-asc" }), restore: (values) => {} });

   `write` gives texts by name, the empty ones left out; it is asked while its page is open. `restore` is given what a
   link says for the page, {} when it says nothing, and may be called before the page is laid out. After a change of its
   own the page calls atlas.link.changed(push): push makes a step for 「back」. What cannot be restored is told by
   atlas.link.leaveOut(sentence). */
(function (atlas) {
  "use strict";
  const { encode, decode } = atlas.viewLink;
  const t = atlas.t;
  const parts = {}; /* page -> what it registered */
  let restoring = false;
  let waiting = null;
  let step = false; /* what waits to be written is a step for 「back」 */
  let view = null; /* [lat, lon, zoom] */
  let left = []; /* sentences on what a link says and could not be restored */

  /* The state as layers/view_link.py describes it. */
  function now() {
    const s = atlas.state;
    const reading = s.tab === "reader" && s.page === "map" ? atlas.reader.opened() : "";
    const own = (parts[s.page] || []).map((part) => part.write());
    const values = Object.entries(Object.assign({}, ...own)).filter(([, text]) => text);
    return {
      lang: atlas.language,
      page: s.page,
      plan: s.plan,
      level: Number(s.level),
      layers: s.layers,
      filters: atlas.facets.chosen(),
      opacity: atlas.rowTools.opacity(),
      only: s.only || [],
      feature: s.feature || "",
      reader: reading,
      place: reading ? atlas.reader.place() : null,
      centre: view,
      parts: values.length ? { [s.page]: Object.fromEntries(values) } : {},
    };
  }

  const compose = () => encode(now());

  function write(push) {
    const link = compose();
    if (link === location.search) return;
    if (push) history.pushState(null, "", link);
    else history.replaceState(null, "", link);
  }

  function later(push, pause) {
    if (restoring) return;
    step = step || push;
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      write(step);
      step = false;
    }, pause);
  }

  /* What waited to be written belongs to a state that is left. */
  function forget() {
    clearTimeout(waiting);
    step = false;
  }

  /* The link of a scene: the map as it is, all its layers named, its extent as a box, so that any window can show it. */
  function ofScene() {
    const shown = [...document.querySelectorAll('[class*="leaflet-layer-"]')].filter((pane) => pane.style.display !== "none");
    const seen = atlas.leaflet.getBounds();
    return encode(
      Object.assign(now(), {
        lang: "zh",
        page: "map",
        layers: shown.map((pane) => pane.className.match(/leaflet-layer-(.+)-pane/)[1]),
        reader: "",
        place: null,
        centre: null,
        box: [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()],
        parts: {},
      })
    );
  }

  /* The link of the map as it is, wherever the page is: for files that hold what its filters keep. */
  const ofMap = () => encode(Object.assign(now(), { lang: "zh", page: "map", reader: "", place: null, parts: {} }));

  document.addEventListener("atlas-change", function (event) {
    later(["feature", "page", "plan", "level", "facet"].includes(event.detail), event.detail === "reader-scroll" ? 400 : 120);
  });

  function watch(map) {
    map.on("moveend", function () {
      const at = map.getCenter();
      view = [at.lat, at.lng, map.getZoom()];
      later(false, 400);
    });
  }

  /* Bring back what a link says; what it does not say stays as it is at the start, what it says wrongly is told. */
  function read() {
    forget();
    restore(location.search, (box) => atlas.leaflet.fitBounds(box, { animate: false }), true);
    later(false, 120); /* the address says what was restored, as it is written now */
  }

  /* To the view of a link that came another way than by the address, as a step of its own. */
  function go(link) {
    const { state } = decode(link);
    if (state.lang !== "zh" && state.lang !== atlas.language) return location.assign("/" + encode(state));
    history.pushState(null, "", encode(state));
    return read();
  }

  const has = (selector, value) => [...document.querySelectorAll(selector)].some((node) => Object.values(node.dataset).includes(value));

  function known(selector, value, fallback, sentence) {
    if (!value || has(selector, value)) return value || fallback;
    leaveOut(sentence.replace("{value}", () => value.slice(0, 40)));
    return fallback;
  }

  /* `move` brings the map to a box of corners ([[south, west], [north, east]]); `tell` says what was left out. */
  function restore(link, move, tell) {
    const { state, problems } = decode(link);
    restoring = true;
    left = problems.map((problem) => problem.sentence);
    try {
      apply(state, move);
    } finally {
      restoring = false;
    }
    if (tell) say();
  }

  function apply(state, move) {
    atlas.filter("plan", known('.option[data-filter="plan"]', state.plan, "", t("没有规划「{value}」")));
    atlas.filter("level", known('.option[data-filter="level"]', String(state.level), "1", t("没有级别「{value}」")));
    atlas.facets.restore(state.filters).forEach((value) => leaveOut(t("没有筛选「{value}」", { value: value.slice(0, 40) })));
    atlas.rowTools.restore(state.opacity);
    if (state.layers) {
      const drawn = (category) => Boolean(atlas.leaflet.getPane("layer-" + category));
      const there = state.layers.filter(drawn);
      state.layers.filter((category) => !drawn(category)).forEach((value) => leaveOut(t("没有图层「{value}」", { value: value.slice(0, 40) })));
      if (there.length || !state.layers.length) atlas.layers.show(there);
    }
    atlas.showOnly(state.only.length ? state.only : null);
    if (state.feature && state.feature !== atlas.state.feature) atlas.select(state.feature, !state.centre && !state.box);
    else if (!state.feature && atlas.state.feature) atlas.select(null, false);
    const page = known(".nav", state.page, "map", t("没有「{value}」这一页"));
    atlas.showPage(page);
    restoreParts(page, state.parts);
    if (state.centre) atlas.leaflet.setView([state.centre[0], state.centre[1]], state.centre[2], { animate: false });
    else if (state.box) move([[state.box[1], state.box[0]], [state.box[3], state.box[2]]]);
    const plan = known(".plan-button", state.reader, "", t("没有规划「{value}」的原文"));
    if (plan && page === "map") atlas.reader.open(plan, state.place);
    else atlas.showTab("feature");
  }

  function restoreParts(page, said) {
    Object.keys(said)
      .filter((name) => name !== page || !parts[name])
      .forEach((name) => leaveOut(t("没有「{value}」这一页的状态可以恢复", { value: name.slice(0, 40) })));
    (parts[page] || []).forEach((part) => part.restore(Object.hasOwn(said, page) ? said[page] : {}));
  }

  function leaveOut(sentence) {
    left.push(sentence);
    if (!restoring) say(); /* a page that came later */
  }

  function say() {
    if (left.length) atlas.notice(t("这个链接有一部分没有恢复：{parts}。其余的已恢复。", { parts: [...new Set(left)].slice(0, 4).join(t("；")) }));
  }

  function addPart(page, part) {
    (parts[page] = parts[page] || []).push(part);
  }

  window.addEventListener("popstate", read);
  atlas.link = { restore, go, compose, ofScene, ofMap, addPart, leaveOut, changed: (push) => later(push, 120) };

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
