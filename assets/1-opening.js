/* The map's data come in two answers (viewer/opening_map.py): what the opening view shows, for which the layers get
   answers to their own URLs, and the rest, which is added behind it in small portions while the page stays at hand. Large
   areas stay below small ones, as the layers hold them. */
(function (atlas) {
  "use strict";
  const PORTION_MS = 40;
  const AT_LATEST_MS = 300; /* no frame is painted in a window that nobody sees */
  const link = document.querySelector("link[data-rest]");
  const paths = link.dataset.paths.split(" ");
  const firsts = new Map(); /* path -> the collection its layer draws */

  const pause = () => new Promise((go) => setTimeout(go)); /* scheduler.yield() goes on before the page paints */
  let began = 0;

  /* Lets the page paint and answer the reader after each portion of work. */
  async function breathe() {
    await pause();
    began = performance.now();
  }

  /* The opening view is on the screen. */
  const painted = () =>
    new Promise(function (go) {
      requestAnimationFrame(() => setTimeout(go));
      setTimeout(go, AT_LATEST_MS);
    });

  async function get(url) {
    const answer = await atlas.early.ask(url);
    if (!answer.ok) throw new Error(answer.status);
    return answer;
  }

  let allTaken;
  const taken = new Promise((resolve) => (allTaken = resolve)); /* every layer has what it draws */

  /* The part of a Response that a layer uses; the collection is parsed already. */
  function handed(path, collection) {
    return {
      ok: true,
      status: 200,
      json: async function () {
        firsts.set(path, collection);
        if (firsts.size === paths.length) allTaken();
        return collection;
      },
    };
  }

  async function add() {
    const coming = get(link.dataset.rest).then((answer) => answer.json());
    coming.catch(() => {});
    await taken;
    await painted(); /* a layer draws what it has taken before the task ends */
    document.getElementById("map-frame").dataset.drawn = "opening";
    await coming.then(addRest, drawWhole);
    document.getElementById("map-frame").dataset.drawn = "all";
    document.dispatchEvent(new CustomEvent("atlas-change", { detail: "drawn" }));
  }

  async function addRest(rest) {
    const drawn = byPane();
    for (const [category, later] of Object.entries(rest)) await addTo(drawn.get("layer-" + category), firsts.get(pathOf(category)), later);
  }

  /* Without the second answer each layer draws again all that its own URL gives. */
  async function drawWhole() {
    for (const [pane, group] of byPane()) {
      const first = firsts.get(pathOf(pane.replace(/^layer-/, "")));
      if (!first) continue;
      first.features = (await (await fetch(pathOf(pane.replace(/^layer-/, "")))).json()).features;
      group.clearLayers();
      group.addData(first);
    }
  }

  const pathOf = (category) => "/layers/" + category + ".geojson";

  function byPane() {
    const found = new Map();
    atlas.leaflet.eachLayer((layer) => layer instanceof L.GeoJSON && found.set(layer.options.pane, layer));
    return found;
  }

  /* From the last to the first, so that what lies above a feature is there already. */
  async function addTo(group, first, { at, features }) {
    const all = first.features.slice();
    at.forEach((place, i) => all.splice(place, 0, features[i]));
    const elements = new Map();
    const remember = (layer) => elements.set(layer.feature, layer.getElement && layer.getElement());
    group.eachLayer(remember);
    const later = new Set(features);
    let above = null;
    for (const feature of all.reverse()) {
      if (later.has(feature)) {
        group.once("layeradd", (event) => remember(event.layer));
        group.addData(feature);
      }
      above = putBelow(above, elements.get(feature));
      if (performance.now() - began > PORTION_MS) await breathe();
    }
    first.features = all.reverse(); /* what the layer draws when it draws itself again */
  }

  /* Symbols order themselves; areas and lines lie in the order of their elements. */
  function putBelow(above, node) {
    if (!(node instanceof SVGElement)) return above;
    if (above && node.nextSibling !== above) above.parentNode.insertBefore(node, above);
    return node;
  }

  /* The category of a feature and its shapes as its layer draws them; none while they are still to come, and none of what
     stands together with others at one point. */
  function find(id) {
    for (const [path, { features }] of firsts) {
      const shapes = features.filter((feature) => feature.properties.id === id && !feature.properties.together);
      if (shapes.length) return { category: path.slice("/layers/".length, -".geojson".length), shapes };
    }
    return { category: null, shapes: [] };
  }

  atlas.opening = { find };

  const opening = get(link.href).then((answer) => answer.json()); /* on its way already */
  paths.forEach((path) => atlas.early.promise(path, opening.then((collections) => handed(path, collections[path]))));
  opening.then(add, (error) => console.warn("The layers are asked for one by one: " + error));
})(window.planAtlas);
