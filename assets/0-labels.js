/* Names on the map: important ones first, none over another, more of them the closer one looks. */
window.planAtlas = window.planAtlas || {};

(function (atlas) {
  "use strict";
  const ZOOM_FOR_LEVEL = { 1: 0, 2: 12, 3: 13.5 };
  /* Within a level: what gives a plan its shape before what merely lies in it. */
  const FIRST = ["core", "axis", "belt", "node", "bay", "zone", "hub", "rail"];
  const items = new Map();
  const reserved = []; /* names of the base map, never written over */
  let waiting = null;
  let due = 0; /* when no change came for a moment; a timer set anew for each of a thousand costs more than the names */

  function add(feature, look) {
    const p = feature.properties;
    if (p.together) p.together.forEach((one) => addVague(one, feature.geometry.coordinates, look));
    if (p.bearing !== undefined || p.together || items.has(p.id) || !p.at || p.at[0] === null) return;
    items.set(p.id, { id: p.id, name: p.name, level: p.level, plans: p.plans, at: [p.at[1], p.at[0]], color: look.color, category: look.category, point: feature.geometry.type === "Point" });
    later();
  }

  /* Of what stands together at one point a name is written only when it is shown alone (assets/9-only.js). */
  function addVague(one, at, look) {
    items.set(one.id, { id: one.id, name: one.name, level: one.level, plans: one.plans, at: [at[1], at[0]], color: look.color, category: look.category, point: true, vague: true });
  }

  /* One drawing for many changes in a row. */
  function later() {
    due = performance.now() + 60;
    if (!waiting) waiting = setTimeout(drawWhenDue, 60);
  }

  function drawWhenDue() {
    const left = due - performance.now();
    waiting = left > 1 ? setTimeout(drawWhenDue, left) : null;
    if (!waiting) draw();
  }

  function draw() {
    const map = atlas.leaflet;
    if (!map) return;
    if (!map.getPane("names")) {
      const pane = map.createPane("names");
      pane.style.zIndex = 640;
      pane.style.pointerEvents = "none";
      map.on("moveend zoomend resize", later);
    }
    const pane = map.getPane("names");
    const frame = map.getContainer().closest(".map-frame");
    frame.classList.toggle("near", map.getZoom() >= 13);
    const seen = map.getBounds().pad(-0.01);
    const { only, feature: chosen } = atlas.state;
    const narrowed = atlas.facets.narrows(); /* few are left: any of them may be named */
    const scale = parseFloat(getComputedStyle(frame).getPropertyValue("--name-scale")) || 1;
    const wanted = [...items.values()]
      .filter((i) => (only || narrowed || named(i) || map.getZoom() >= ZOOM_FOR_LEVEL[i.level]) && seen.contains(i.at) && visible(map, frame, i))
      .sort((a, b) => (b.id === chosen) - (a.id === chosen) || named(b) - named(a) || a.level - b.level || rank(a) - rank(b) || b.point - a.point || a.name.length - b.name.length);
    const placed = (only ? [] : reserved).map((name) => around(map.latLngToLayerPoint(name.at), name.text.length * 19, 11));
    const nodes = [];
    for (const item of wanted) {
      if (nodes.length >= 160) break;
      const at = map.latLngToLayerPoint(item.at);
      const width = item.name.length * (item.level === 1 ? 13.5 : 12.5) * scale + 8;
      const dy = item.point ? 18 * scale : 0;
      const box = [at.x - width / 2, at.y + dy - 9 * scale, at.x + width / 2, at.y + dy + 9 * scale];
      if (item.id !== chosen && placed.some((p) => p[0] < box[2] && box[0] < p[2] && p[1] < box[3] && box[1] < p[3])) continue;
      placed.push(box);
      const node = atlas.planWords(item.name);
      node.className = "name lv-" + item.level;
      node.style.color = "color-mix(in srgb, var(--ink-" + item.category + ", " + item.color + ") 72%, var(--name-ink))";
      node.style.transform = "translate(" + Math.round(at.x) + "px," + Math.round(at.y + dy) + "px) translate(-50%,-50%)";
      nodes.push(node);
    }
    pane.replaceChildren(...nodes);
  }

  const rank = (item) => (FIRST.includes(item.category) ? FIRST.indexOf(item.category) : FIRST.length);
  const named = (item) => atlas.follow.names(item.id); /* in the text in sight, see assets/4-follow.js */
  const around = (at, width, half) => [at.x - width / 2, at.y - half, at.x + width / 2, at.y + half];

  function reserve(at, text) {
    reserved.push({ at, text });
  }

  function visible(map, frame, item) {
    const pane = map.getPane("layer-" + item.category);
    if (!pane || pane.style.display === "none") return false;
    if (atlas.state.only ? !atlas.state.only.includes(item.id) : item.vague) return false;
    if (named(item)) return !frame.dataset.plan || item.plans.includes(frame.dataset.plan);
    if (frame.classList.contains("following") || Number(frame.dataset.level || 1) < item.level || !atlas.keeps(item.id)) return false;
    return !frame.dataset.plan || item.plans.includes(frame.dataset.plan);
  }

  atlas.labels = { add, draw, later, reserve };
})(window.planAtlas);
