/* The boxes of the layer tree: which categories the map shows. A category is a pane of its own; nothing is drawn again.

     atlas.layers.show(["axis", "belt"])   these and no others */
(function (atlas) {
  "use strict";
  const boxes = () => [...document.querySelectorAll("[data-layer]")];
  const on = () => boxes().filter((box) => box.checked).map((box) => box.dataset.layer);

  /* A group's box is ticked, empty or between the two as its categories are. */
  function followGroups() {
    const shown = on();
    document.querySelectorAll("[data-layer-group]").forEach(function (box) {
      const categories = box.dataset.layerGroup.split(" ");
      const some = categories.filter((category) => shown.includes(category)).length;
      box.checked = some === categories.length;
      box.indeterminate = some > 0 && !box.checked;
    });
  }

  function follow() {
    followGroups();
    boxes().forEach(function (box) {
      const pane = atlas.leaflet && atlas.leaflet.getPane("layer-" + box.dataset.layer);
      if (pane) pane.style.display = box.checked ? "" : "none";
    });
    atlas.labels.later();
    atlas.state.layers = on();
    document.dispatchEvent(new CustomEvent("atlas-change", { detail: "layers" }));
  }

  function show(categories) {
    boxes().forEach((box) => (box.checked = categories.includes(box.dataset.layer)));
    follow();
  }

  document.addEventListener("change", function ({ target }) {
    const { layer, layerGroup } = target.dataset;
    if (layerGroup) boxes().forEach((box) => layerGroup.split(" ").includes(box.dataset.layer) && (box.checked = target.checked));
    if (layer || layerGroup) follow();
  });

  atlas.layers = { show, followGroups };
})(window.planAtlas);
