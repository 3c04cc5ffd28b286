/* The standalone map: symbols, legend, lists and popups. Data come from the JSON beside it; every word of a plan is
   set as text. Shapes and hatches are those of the application's map. */
window.planAtlasPage = (function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const data = JSON.parse(document.getElementById("atlas-data").textContent);
  const drawn = new Map(); /* feature id -> its Leaflet layers */
  let map = null;
  let layers = {};
  let chosen = null;

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...children.filter((child) => child !== null && child !== ""));
    return node;
  }

  function svg(tag, attributes, ...children) {
    const node = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...children);
    return node;
  }

  /* ---- hatches and symbols */
  const HATCHES = {
    diagonal: "M0 10L10 0M-2 2L2 -2M8 12L12 8",
    back: "M0 0L10 10M8 -2L12 2M-2 8L2 12",
    cross: "M5 0V10M0 5H10",
    waves: "M0 5q2.5 -3.5 5 0t5 0",
  };
  const SHAPES = {
    circle: '<circle cx="10" cy="10" r="5"/>',
    square: '<rect x="5.2" y="5.2" width="9.6" height="9.6" rx="1"/>',
    diamond: '<path d="M10 3.6l6.4 6.4-6.4 6.4-6.4-6.4z"/>',
    triangle: '<path d="M10 4l6.3 11H3.7z"/>',
    star: '<path d="M10 2.6l2.2 4.9 5.3.5-4 3.6 1.2 5.2L10 14l-4.7 2.8 1.2-5.2-4-3.6 5.3-.5z"/>',
    cross: '<path d="M8 4h4v4h4v4h-4v4H8v-4H4V8h4z"/>',
  };

  function addHatches() {
    const defs = svg("defs", {});
    Object.entries(data.looks).forEach(function ([category, look]) {
      if (look.hatch === "none") return;
      const tile = svg("pattern", { id: "hatch-" + category, width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "scale(1.25)" });
      tile.append(svg("rect", { width: 10, height: 10, fill: look.color, "fill-opacity": 0.045 }));
      tile.append(
        look.hatch === "dots"
          ? svg("circle", { cx: 5, cy: 5, r: 1.1, fill: look.color, "fill-opacity": 0.5 })
          : svg("path", { d: HATCHES[look.hatch], fill: "none", stroke: look.color, "stroke-width": 1, "stroke-opacity": 0.34 })
      );
      defs.append(tile);
    });
    document.body.append(svg("svg", { width: 0, height: 0, style: "position:absolute" }, defs));
  }

  function paint(look, hollow) {
    return hollow
      ? 'fill="#fff" stroke="' + look.color + '" stroke-width="2"'
      : 'fill="' + look.color + '" stroke="#fff" stroke-width="1.4"';
  }

  function point(feature, latlng) {
    const p = feature.properties;
    const f = data.features[p.id];
    const look = data.looks[f.category];
    const arrow = p.bearing !== undefined;
    const size = arrow ? 26 : { 1: 22, 2: 18, 3: 14 }[f.level];
    const count = p.together ? '<b class="together" style="border-color:' + look.color + '">' + p.together.length + "</b>" : "";
    const html = arrow
      ? '<svg viewBox="-13 -13 26 26" width="26" height="26"><path transform="rotate(' + Number(p.bearing) + ')" d="M0 -12L8 6L0 2L-8 6z" fill="' + look.color + '" fill-opacity="0.85"/></svg>'
      : '<svg viewBox="0 0 20 20" width="' + size + '" height="' + size + '"><g ' + paint(look, data.precision[f.precision].hollow) + ">" + SHAPES[look.symbol] + "</g></svg>" + count;
    const icon = L.divIcon({ className: "symbol lv-" + f.level, iconSize: [size, size], html: html });
    return L.marker(latlng, { icon: icon, pane: "layer-" + f.category, keyboard: false });
  }

  function each(feature, layer) {
    const p = feature.properties;
    (p.together || [p.id]).forEach(function (id) {
      if (!drawn.has(id)) drawn.set(id, []);
      if (p.bearing === undefined) drawn.get(id).push(layer);
    });
    const f = data.features[p.id];
    layer.bindTooltip(el("span", {}, p.together ? p.together.length + " 处只知所在辖区" : f.name, " · " + data.precision[f.precision].label), { sticky: true });
    layer.on("add", function () {
      const node = layer.getElement && layer.getElement();
      if (node) { node.dataset.feature = p.id; node.dataset.size = extent(layer); }
    });
    layer.on("click", function (event) {
      L.DomEvent.stop(event);
      if (p.together && p.together.length > 1) choose(p.together, event.latlng);
      else pick(event, p.id);
    });
  }

  function extent(layer) {
    if (!layer.getBounds) return 0;
    const box = layer.getBounds();
    return layer instanceof L.Polygon ? (box.getEast() - box.getWest()) * (box.getNorth() - box.getSouth()) + 1e-6 : 1e-9;
  }

  /* The smallest thing under the pointer is shown, the others are offered below. */
  function pick(event, clicked) {
    const mouse = event.originalEvent;
    const sizes = new Map();
    document.elementsFromPoint(mouse.clientX, mouse.clientY).forEach(function (node) {
      const hit = node.closest("[data-feature]");
      if (hit && map.getContainer().contains(hit) && !sizes.has(hit.dataset.feature)) sizes.set(hit.dataset.feature, Number(hit.dataset.size));
    });
    const ids = [...sizes.keys()].sort((a, b) => sizes.get(a) - sizes.get(b));
    const first = ids[0] || clicked;
    show(first, event.latlng, ids.filter((id) => id !== first));
  }

  /* ---- popups */
  function card(id, others) {
    const f = data.features[id];
    const sure = data.precision[f.precision];
    const node = el("article", { class: "card", "data-card": id }, el("h3", {}, f.name));
    node.append(el("p", { class: "facts" }, [data.looks[f.category].name, data.levels[f.level], f.status, f.plans.map((p) => data.plans[p]).join("、")].join(" · ")));
    if (f.aliases) node.append(el("p", { class: "facts" }, "又称 " + f.aliases));
    node.append(el("p", { class: "facts sure" }, el("b", {}, sure.label), "：" + sure.meaning + (f.accuracy ? "误差约 " + f.accuracy + "。" : "") + (f.measure || "")));
    if (f.note) node.append(el("p", { class: "facts" }, f.note));
    if (f.basis) node.append(el("p", { class: "facts" }, "依据：" + f.basis));
    if (f.evidence.length) node.append(el("h4", {}, "原文（" + f.evidence.length + "）"));
    f.evidence.forEach((e) => node.append(quote(e.slice(2), place(e[0], e[1]))));
    if (f.projects.length) node.append(el("h4", {}, "项目（" + f.projects.length + "）"));
    f.projects.forEach((p) => node.append(quote([p[2] + (p[3] ? "（" + p[3] + "）" : "") + "：", "", p[4]], place(p[0], p[1]))));
    if (others && others.length) {
      const more = el("p", { class: "others" }, "此处还有：");
      others.slice(0, 10).forEach((other) => more.append(button(other)));
      node.append(more);
    }
    return node;
  }

  function place(plan, line) {
    return data.plans[plan] + " 第 " + line + " 行";
  }

  function quote(words, cite) {
    return el("blockquote", {}, words[0], words[1] ? el("mark", {}, words[1]) : "", words[2], el("cite", {}, cite));
  }

  function button(id) {
    const node = el("button", { type: "button", "data-open": id }, data.features[id].name);
    node.addEventListener("click", () => show(id));
    return node;
  }

  function choose(ids, latlng) {
    const list = el("div", { class: "choices" });
    ids.forEach((id) => list.append(button(id)));
    L.popup({ minWidth: 240 }).setLatLng(latlng).setContent(list).openOn(map);
  }

  /* Show a feature: its layer, itself marked, its card; an unplaced one in a dialog. */
  function show(id, latlng, others) {
    const f = data.features[id];
    const parts = drawn.get(id);
    if (!parts) return tell(id);
    reveal(f);
    const frame = L.featureGroup(parts.map(copy)).getBounds();
    if (!latlng) map.fitBounds(frame.pad(0.3), { maxZoom: 14, animate: false });
    mark(parts, f);
    L.popup({ minWidth: 330, maxWidth: 360, autoPanPadding: [20, 20] }).setLatLng(latlng || [f.at[1], f.at[0]]).setContent(card(id, others)).openOn(map);
  }

  function copy(layer) {
    return layer.getLatLng ? L.marker(layer.getLatLng()) : L.polyline(layer.getLatLngs().flat(3));
  }

  function reveal(f) {
    const box = document.querySelector('input[data-layer="' + f.category + '"]');
    if (box && !box.checked) box.click();
    if (Number(map.getContainer().dataset.level) < f.level) document.querySelector('input[name="level"][value="' + f.level + '"]').click();
  }

  function mark(parts, f) {
    if (chosen) chosen.remove();
    chosen = L.featureGroup();
    const look = { pane: "highlight", interactive: false, color: "#ffb000", weight: 8, opacity: 0.55, fill: false };
    parts.forEach(function (layer) {
      if (!layer.getLatLng) chosen.addLayer(layer instanceof L.Polygon ? L.polygon(layer.getLatLngs(), look) : L.polyline(layer.getLatLngs(), { ...look, weight: 14 }));
      else {
        chosen.addLayer(L.circleMarker(layer.getLatLng(), { ...look, radius: 15, weight: 3, opacity: 0.9 }));
        if (f.halo) chosen.addLayer(L.circle(layer.getLatLng(), { ...look, radius: f.halo, weight: 2, dashArray: "3 5", color: "#c98a00", opacity: 0.9 }));
      }
    });
    chosen.addTo(map);
  }

  function tell(id) {
    const close = el("button", { class: "close", type: "button", "aria-label": "关闭" }, "×");
    const dialog = el("dialog", {}, close, card(id));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  /* ---- the side: layers that are a legend, lists, precision */
  function swatch(children) {
    const node = svg("svg", { width: 30, height: 16, viewBox: "0 0 30 16", "aria-hidden": "true" });
    node.innerHTML = children;
    return node;
  }

  function categorySwatch(category) {
    const look = data.looks[category];
    if (look.line) return swatch('<path d="M2 8h26" stroke="' + look.color + '" stroke-width="' + Math.min(look.width, 8) + '" stroke-linecap="round"/>');
    const fill = look.hatch === "none" ? look.color : "url(#hatch-" + category + ")";
    return swatch(
      '<rect x="1" y="2" width="16" height="12" rx="2" fill="' + fill + '" fill-opacity="' + (look.hatch === "none" ? 0.16 : 1) + '" stroke="' + look.color + '" stroke-width="1.4"/>' +
      '<g transform="translate(15 0) scale(0.8)" ' + paint(look, false) + ">" + SHAPES[look.symbol] + "</g>"
    );
  }

  function precisionSwatch(name) {
    const p = data.precision[name];
    const ink = "#4b5563";
    if (name === "unplaced") return swatch('<path d="M8 3l14 10M22 3L8 13" stroke="' + ink + '" stroke-opacity=".6"/>');
    if (p.hollow) return swatch('<circle cx="15" cy="8" r="7" fill="none" stroke="' + ink + '" stroke-opacity=".6" stroke-dasharray="2 3"/><circle cx="15" cy="8" r="3" fill="#fff" stroke="' + ink + '" stroke-width="1.6"/>');
    if (p.soft) return swatch('<path d="M3 8h24" stroke="' + ink + '" stroke-width="9" stroke-opacity="' + p.stroke_opacity + '" stroke-linecap="round"/>');
    const dash = p.dash ? ' stroke-dasharray="5 3"' : "";
    return swatch('<rect x="2" y="2" width="26" height="12" fill="' + ink + '" fill-opacity="' + p.fill_opacity + '" stroke="' + ink + '" stroke-width="1.8"' + dash + "/>");
  }

  function layerRow(category, ids) {
    const box = el("input", { type: "checkbox", "data-layer": category, "aria-label": data.looks[category].name });
    box.checked = map.hasLayer(layers[category]);
    box.addEventListener("change", function () {
      if (box.checked) layers[category].addTo(map);
      else layers[category].remove();
      names();
    });
    box.addEventListener("click", (event) => event.stopPropagation());
    const head = el("summary", {}, box, categorySwatch(category), el("span", { class: "name-of" }, data.looks[category].name), el("span", { class: "count" }, String(ids.length)));
    return el("details", { class: "layer" }, head, list(ids));
  }

  function list(ids) {
    const node = el("ul", { class: "list" });
    ids.forEach((id) => node.append(el("li", {}, button(id))));
    return node;
  }

  function side() {
    const tree = document.getElementById("tree");
    const ids = Object.keys(data.features);
    data.groups.forEach(function (group) {
      const rows = group.categories.filter((c) => layers[c]);
      if (!rows.length) return;
      tree.append(el("h2", {}, group.name));
      rows.forEach((c) => tree.append(layerRow(c, ids.filter((id) => data.features[id].category === c && drawn.has(id)))));
    });
    const missing = ids.filter((id) => !drawn.has(id));
    if (missing.length) {
      const head = el("summary", {}, precisionSwatch("unplaced"), el("span", { class: "name-of" }, "未落图"), el("span", { class: "count" }, String(missing.length)));
      tree.append(el("h2", {}, "没有落图"), el("details", { class: "layer", id: "unplaced" }, head, list(missing)));
    }
    const legend = document.getElementById("precision");
    Object.keys(data.precision).forEach(function (name) {
      if (!ids.some((id) => data.features[id].precision === name)) return;
      legend.append(el("dt", {}, precisionSwatch(name)), el("dd", {}, el("b", {}, data.precision[name].label), " " + data.precision[name].meaning));
    });
    document.getElementById("find").addEventListener("input", function () {
      const words = this.value.trim();
      const found = document.getElementById("found");
      const hits = words ? ids.filter((id) => data.features[id].name.includes(words) || data.features[id].aliases.includes(words)) : [];
      found.replaceChildren(...hits.slice(0, 40).map((id) => el("li", {}, button(id))));
    });
    document.querySelectorAll('input[name="level"]').forEach(function (radio) {
      radio.addEventListener("change", function () {
        map.getContainer().dataset.level = radio.value;
        names();
      });
    });
  }

  /* ---- names on the map: important ones first, none over another */
  const ZOOM_FOR_LEVEL = { 1: 0, 2: 12, 3: 13.5 };

  function names() {
    const seen = map.getBounds().pad(-0.01);
    const level = Number(map.getContainer().dataset.level);
    const wanted = [...drawn.keys()]
      .map((id) => ({ id: id, f: data.features[id], point: drawn.get(id).some((l) => l.getLatLng) }))
      .filter((i) => i.f.level <= level && map.getZoom() >= ZOOM_FOR_LEVEL[i.f.level] && seen.contains([i.f.at[1], i.f.at[0]]) && map.hasLayer(layers[i.f.category]) && !drawn.get(i.id).some((l) => l.feature.properties.together))
      .sort((a, b) => a.f.level - b.f.level || b.point - a.point || a.f.name.length - b.f.name.length);
    const placed = [];
    const nodes = [];
    for (const item of wanted) {
      if (placed.length >= 160) break;
      const at = map.latLngToLayerPoint([item.f.at[1], item.f.at[0]]);
      const half = (item.f.name.length * (item.f.level === 1 ? 13.5 : 12.5) + 8) / 2;
      const y = at.y + (item.point ? 18 : 0);
      const box = [at.x - half, y - 9, at.x + half, y + 9];
      if (placed.some((p) => p[0] < box[2] && box[0] < p[2] && p[1] < box[3] && box[1] < p[3])) continue;
      placed.push(box);
      const node = el("span", { class: "name lv-" + item.f.level }, item.f.name);
      node.style.color = "color-mix(in srgb, " + data.looks[item.f.category].color + " 72%, black)";
      node.style.transform = "translate(" + Math.round(at.x) + "px," + Math.round(y) + "px) translate(-50%,-50%)";
      nodes.push(node);
    }
    map.getPane("names").replaceChildren(...nodes);
  }

  function district(feature) {
    const p = feature.properties;
    districts.push([p.name, [p.lat, p.lon]]);
  }
  const districts = [];

  /* Called once everything is on the map. */
  function start(leaflet, shown) {
    map = leaflet;
    layers = shown;
    map.getContainer().dataset.level = data.level;
    addHatches();
    districts.forEach(function ([name, at]) {
      const icon = L.divIcon({ className: "district-name", html: el("span", {}, name), iconSize: [0, 0] });
      L.marker(at, { icon: icon, pane: "base-districts", interactive: false, keyboard: false }).addTo(map);
    });
    side();
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    map.attributionControl.setPrefix(el("span", {}, data.attribution).innerHTML);
    map.fitBounds(data.bounds, { padding: [20, 20], animate: false });
    map.on("moveend zoomend resize", names);
    names();
  }

  return { point: point, each: each, district: district, start: start, show: show };
})();
