/* Showing nothing but some features: what scenes are built up with. The map's frame says that it is so, the features
   that stay are marked; nothing is drawn again. A bar on the map says it too, and takes it back. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  let bar = null;

  atlas.showOnly = function (ids) {
    atlas.state.only = ids && ids.length ? ids : null;
    document.getElementById("map-frame").toggleAttribute("data-only", Boolean(atlas.state.only));
    if (atlas.leaflet) {
      watch(atlas.leaflet);
      atlas.leaflet.eachLayer(mark);
    }
    atlas.labels.later();
    say();
    document.dispatchEvent(new CustomEvent("atlas-change", { detail: "only" }));
  };

  /* The same, and the map goes there; what is not drawn is not looked for. */
  atlas.goToOnly = function (ids) {
    if (atlas.state.page !== "map") atlas.showPage("map");
    atlas.showOnly(ids);
    const bounds = L.latLngBounds([]);
    atlas.leaflet.eachLayer(function (layer) {
      const p = layer.feature && layer.feature.properties;
      if (p && ids.includes(p.id)) bounds.extend(layer.getBounds ? layer.getBounds() : layer.getLatLng());
    });
    if (bounds.isValid()) atlas.leaflet.flyToBounds(bounds, { duration: 0.6, maxZoom: 14, padding: [40, 40] });
  };

  /* Layers that arrive later are marked as they are put on the map. */
  let watched = null;
  function watch(map) {
    if (watched === map) return;
    watched = map;
    map.on("layeradd", (event) => atlas.state.only && mark(event.layer));
  }

  function mark(layer) {
    const properties = layer.feature && layer.feature.properties;
    const node = properties && properties.id && layer.getElement && layer.getElement();
    if (!node) return;
    const only = atlas.state.only;
    const ids = properties.together ? properties.together.map((one) => one.id) : [properties.id];
    const kept = only ? ids.filter((id) => only.includes(id)).length : ids.length;
    node.classList.toggle("kept", Boolean(only) && kept > 0);
    const count = properties.together && node.querySelector(".together");
    if (count) {
      count.textContent = kept;
      count.hidden = kept < 2;
    }
  }

  function say() {
    const only = atlas.state.only;
    if (!bar && !only) return;
    if (!bar) {
      bar = document.createElement("div");
      bar.className = "only-bar";
      const all = document.createElement("button");
      all.className = "chip";
      all.textContent = t("显示全部");
      all.addEventListener("click", () => atlas.showOnly(null));
      bar.append(document.createElement("span"), all);
      document.getElementById("map-frame").append(bar);
    }
    bar.hidden = !only;
    if (only) bar.firstElementChild.textContent = tn("只显示 {n} 个要素", only.length);
  }
})(window.planAtlas);
