/* Two maps side by side that move together: what stands on one side only beside what stands on both. Drawn as the big map
   draws, by assets/1-map.js; a feature pointed at lights up on both maps and in the lists. */
(function (atlas) {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const SIDES = ["left", "right"];
  const HOME = [[35.58, 119.55], [37.15, 121.0]];
  let views = null; /* side -> { map, layer, marks: feature id -> [layer] } */
  let url = null;
  let moving = false;

  function setUp() {
    if (views && document.contains(views.left.map.getContainer())) return;
    views = {};
    SIDES.forEach(function (side) {
      const map = L.map("side-" + side, { zoomSnap: 0.25, wheelPxPerZoomLevel: 120, attributionControl: false, minZoom: 7, maxZoom: 17, zoomControl: side === "right" });
      if (side === "right") map.zoomControl.setPosition("topright");
      map.fitBounds(HOME);
      map.createPane("side-names").style.zIndex = 640;
      map.getPane("side-names").style.pointerEvents = "none";
      views[side] = { map: map, layer: null, marks: new Map(), base: base(map) };
    });
    SIDES.forEach((side) => views[side].map.on("move", () => move(side)).on("moveend", () => names(views[side])));
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(views.right.map);
  }

  function move(side) {
    if (moving) return;
    moving = true;
    const other = views[side === "left" ? "right" : "left"].map;
    other.setView(views[side].map.getCenter(), views[side].map.getZoom(), { animate: false });
    moving = false;
  }

  async function base(map) {
    map.createPane("side-base").style.zIndex = 210;
    const look = (name) => ({ pane: "side-base", interactive: false, style: (feature) => atlas.map.baseStyle(feature, { hideout: { base: name } }) });
    const extent = JSON.parse(document.querySelector(".side-maps").dataset.extent);
    L.rectangle(extent, { pane: "side-base", interactive: false, stroke: false, className: "base-sea", fillOpacity: 1 }).addTo(map);
    for (const name of ["land", "water", "districts"]) L.geoJSON(await collection("/base/" + name + ".geojson"), look(name)).addTo(map);
  }

  async function collection(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  /* Bring both maps to two sides; `path` is where their lists come from. */
  async function show(path) {
    setUp();
    const looks = JSON.parse(document.querySelector(".side-maps").dataset.looks);
    SIDES.forEach((side) => views[side].map.invalidateSize({ animate: false }));
    if (path === url && SIDES.every((side) => views[side].layer)) return;
    url = path;
    try {
      await Promise.all(SIDES.map(async function (side) {
        const data = await collection(path + "/" + side + ".geojson");
        await views[side].base;
        if (url === path) draw(side, data, looks);
      }));
    } catch (error) {
      if (url === path && byId("side-left-name")) SIDES.forEach((side) => (byId("side-" + side + "-name").textContent = atlas.t("没有取到内容，请检查服务是否还在运行，然后重新打开本页。")));
      url = null;
    }
  }

  function draw(side, data, looks) {
    const view = views[side];
    if (view.layer) view.layer.remove();
    view.marks = new Map();
    view.items = [];
    const context = (feature) => ({ hideout: looks[feature.properties.category], map: view.map, pane: "markerPane" });
    view.layer = L.geoJSON(data, {
      style: (feature) => atlas.map.style(feature, context(feature)),
      pointToLayer: (feature, at) => atlas.map.point(feature, at, context(feature)),
      onEachFeature: (feature, layer) => each(view, feature, layer, looks),
    }).addTo(view.map);
    filterSide(side);
  }

  function filterSide(side) {
    const view = views[side];
    if (!view.layer) return;
    view.layer.eachLayer(filterLayer);
    const drawn = [...view.marks.keys()].filter((id) => atlas.keeps(id, true));
    const count = Object.assign(document.createElement("span"), { className: "count", textContent: atlas.tn("图上 {n} 个要素", drawn.length) });
    byId("side-" + side + "-name").replaceChildren(byId("crossplan-" + side).selectedOptions[0].textContent, count);
    names(view);
  }

  /* What is drawn of a feature: one element, or several points of which some may not be on the map yet. */
  const nodes = (layer) => (layer.getLayers ? layer.getLayers().flatMap(nodes) : [layer.getElement()].filter(Boolean));

  function each(view, feature, layer, looks) {
    const p = feature.properties;
    const many = p.together || [p];
    many.forEach((one) => view.marks.set(one.id, (view.marks.get(one.id) || []).concat(layer)));
    if (p.at && p.at[0] !== null && !p.together && p.bearing === undefined) {
      view.items.push({ id: p.id, name: p.name, level: p.level, at: [p.at[1], p.at[0]], category: p.category, color: looks[p.category].color, common: p.common, point: feature.geometry.type === "Point" });
    }
    layer.bindTooltip(atlas.planWords(many.slice(0, 8).map((one) => one.name).join("、") + (many.length > 8 ? "……" : "")), { sticky: true, direction: "top", className: "tip" });
    layer.on("add", () => nodes(layer).forEach((node) => node.classList.toggle("common", p.common)));
    layer.on("mouseover", () => light(many.map((one) => one.id)));
    layer.on("mouseout", () => light([]));
    layer.on("click", () => find(many[0].id));
  }

  /* What the filters leave out is not drawn; what stands together is, as long as one of it is kept. */
  function filterLayer(layer) {
    const p = layer.feature.properties;
    const out = !(p.together || [p]).some((one) => atlas.keeps(one.id, true));
    nodes(layer).forEach((node) => node.classList.toggle("out", out));
  }

  function follow() {
    if (views) SIDES.forEach(filterSide);
  }

  /* Names of what is structural, none over another. */
  function names(view) {
    if (!view.items) return;
    const seen = view.map.getBounds();
    const faded = document.querySelector(".side-maps").classList.contains("fading");
    const scale = parseFloat(getComputedStyle(view.map.getContainer()).getPropertyValue("--name-scale")) || 1;
    const most = view.map.getZoom() < 11 ? 1 : view.map.getZoom() < 13 ? 2 : 3;
    const placed = [];
    const nodes = [];
    const wanted = view.items.filter((item) => atlas.keeps(item.id, true) && item.level <= most && seen.contains(item.at) && !(faded && item.common));
    wanted.sort((a, b) => a.level - b.level || a.common - b.common || a.name.length - b.name.length);
    wanted.forEach(function (item) {
      const at = view.map.latLngToLayerPoint(item.at).add([0, item.point ? 17 : 0]);
      const half = (item.name.length * 6.6 + 3) * scale;
      const box = [at.x - half, at.y - 9 * scale, at.x + half, at.y + 9 * scale];
      if (nodes.length > 90 || placed.some((b) => b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3])) return;
      placed.push(box);
      const node = atlas.planWords(item.name);
      node.className = "name lv-" + item.level;
      node.style.color = "color-mix(in srgb, var(--ink-" + item.category + ", " + item.color + ") 72%, var(--name-ink))";
      node.style.transform = "translate(" + Math.round(at.x) + "px," + Math.round(at.y) + "px) translate(-50%,-50%)";
      nodes.push(node);
    });
    view.map.getPane("side-names").replaceChildren(...nodes);
  }

  /* What is pointed at, on both maps and in the lists. */
  function light(ids) {
    document.querySelectorAll(".side-maps .lit, .pair-row.lit").forEach((node) => node.classList.remove("lit"));
    document.querySelector(".side-maps").classList.toggle("lighting", ids.length > 0);
    ids.forEach(function (id) {
      SIDES.forEach((side) => (views[side].marks.get(id) || []).flatMap(nodes).forEach((node) => node.classList.add("lit")));
      document.querySelectorAll('[data-side-feature="' + CSS.escape(id) + '"]').forEach((row) => row.classList.add("lit"));
    });
  }

  function find(id) {
    const row = document.querySelector('[data-side-feature="' + CSS.escape(id) + '"]');
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.querySelector("button").focus({ preventScroll: true });
  }

  ["mouseover", "focusin"].forEach((kind) =>
    document.addEventListener(kind, function (event) {
      const frame = document.querySelector(".side-maps");
      if (!views || !frame || !event.target.closest) return;
      const row = event.target.closest("[data-side-feature]");
      if (row) light([row.dataset.sideFeature]);
      else if (frame.classList.contains("lighting") && !event.target.closest(".side-map")) light([]);
    })
  );

  document.addEventListener("click", function (event) {
    const button = event.target.closest("#side-fade");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    document.querySelector(".side-maps").classList.toggle("fading", on);
    if (views) SIDES.forEach((side) => names(views[side]));
  });

  /* Names are larger in the projector's theme. */
  document.addEventListener("atlas-theme", () => views && SIDES.forEach((side) => names(views[side])));
  window.addEventListener("resize", () => views && SIDES.forEach((side) => views[side].map.invalidateSize({ animate: false })));

  const maps = () => (views ? SIDES.map((side) => views[side].map) : []);

  atlas.sideBySide = { show, follow, maps };
})(window.planAtlas);
