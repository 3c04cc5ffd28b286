/* The filters on the pages beside the map: the controls of the layer tree, brought into a panel below the page's bar while
   such a page is open. */
(function (atlas) {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const button = () => byId("page-filter-button");
  const panel = () => byId("page-filter-panel");

  function open(on) {
    if (on === !panel().hidden) return;
    panel().hidden = !on;
    button().setAttribute("aria-expanded", on);
    if (on) panel().querySelector("button").focus();
  }

  function place() {
    const target = byId(atlas.state.page === "map" ? "more-filters" : "page-facets");
    const from = byId(atlas.state.page === "map" ? "page-facets" : "more-filters");
    target.append(...from.querySelectorAll(":scope > .facet"));
    open(false);
  }

  document.addEventListener("atlas-change", (event) => event.detail === "page" && place());

  document.addEventListener("click", function (event) {
    if (event.target.closest("#page-filter-button")) open(panel().hidden);
    else if (panel() && !panel().hidden && event.target.isConnected && !event.target.closest("#page-filter")) open(false);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !panel() || panel().hidden) return;
    open(false);
    button().focus();
  });
})(window.planAtlas);
