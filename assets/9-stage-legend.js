/* Below a caption: what the marks on the map mean, as few as will do. The chosen feature's precision in full; else the
   layers in sight and, when they are not all equally sure, each precision class by name. */
(function (atlas) {
  "use strict";
  const MOST_LAYERS = 7;

  function inSight() {
    const found = { categories: new Set(), precisions: new Set(), chosen: null };
    const seen = atlas.leaflet.getBounds();
    atlas.leaflet.eachLayer(function (layer) {
      const p = layer.feature && layer.feature.properties;
      const pane = layer.options && /^layer-(.+)$/.exec(layer.options.pane || "");
      const node = p && pane && layer.getElement && layer.getElement();
      if (!node || !node.getClientRects().length) return;
      const there = layer.getBounds ? seen.intersects(layer.getBounds()) : seen.contains(layer.getLatLng());
      if (!there) return;
      found.categories.add(pane[1]);
      found.precisions.add(p.precision);
      const ids = p.together ? p.together.map((one) => one.id) : [p.id];
      if (ids.includes(atlas.state.feature)) found.chosen = { category: pane[1], precision: p.precision };
    });
    return found;
  }

  /* The tree holds a swatch and a name for each category and each precision class. */
  function entry(row, nameClass) {
    const item = document.createElement("span");
    item.className = "stage-entry";
    const name = document.createElement("span");
    name.textContent = row.querySelector(nameClass).textContent;
    item.append(row.querySelector("img").cloneNode(), name);
    return item;
  }

  function category(name) {
    const rows = [...document.querySelectorAll(".category")];
    const row = rows.find((node) => node.querySelector('.count[data-category="' + CSS.escape(name) + '"]'));
    return row ? entry(row, ".category-name") : null;
  }

  function precision(name, withMeaning) {
    const row = document.querySelector('.precision-row[data-precision="' + CSS.escape(name) + '"]');
    if (!row) return null;
    const item = entry(row, ".precision-name");
    if (withMeaning) item.lastChild.textContent = atlas.t("{name}：{meaning}", { name: item.lastChild.textContent, meaning: row.querySelector(".precision-meaning").textContent });
    return item;
  }

  /* Every layer and every precision class in sight, in the order of the tree, the classes with what they mean. */
  atlas.fullLegend = function () {
    const { categories, precisions } = inSight();
    const inOrder = (selector, key, found) => [...document.querySelectorAll(selector)].map((node) => node.dataset[key]).filter((name) => found.has(name));
    return {
      layers: inOrder(".category .count[data-category]", "category", categories).map(category).filter(Boolean),
      precisions: inOrder(".precision-row[data-precision]", "precision", precisions).map((name) => precision(name, true)).filter(Boolean),
    };
  };

  atlas.stageLegend = function () {
    const { categories, precisions, chosen } = inSight();
    const entries = chosen
      ? [category(chosen.category), precision(chosen.precision, true)]
      : [
          ...(categories.size <= MOST_LAYERS ? [...categories].map(category) : []),
          ...[...precisions].map((name) => precision(name, precisions.size === 1)),
        ];
    document.getElementById("stage-legend").replaceChildren(...entries.filter(Boolean));
  };
})(window.planAtlas);
