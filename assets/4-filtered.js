/* Lists follow the filters: what atlas.keeps leaves out is marked in every list of features, and each place says how
   much is missing and offers to clear the filters. Style sheets dim it where a list tells of something whole (a panel,
   a text, a structure), and leave it out where a list is there to be gone through. A page that counts rows of its own
   registers what it does:

     atlas.filtered.page("projects", () => "已按筛选隐藏 3 个项目")   brings its rows in step, "" when none is left out */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const LISTED = "[data-feature], [data-crossplan], [data-member], [data-side-feature]";
  const byId = (id) => document.getElementById(id);
  const pages = {};
  let waiting = false;
  let marked = false; /* something carries the mark */

  const idOf = ({ dataset }) => dataset.feature || dataset.crossplan || dataset.member || dataset.sideFeature;
  const leavesOut = (node) => !atlas.keeps(idOf(node), Boolean(node.closest(".crossplan-pair")));

  /* Mark what is listed in a frame; gives back the ids left out. */
  function mark(frame) {
    const out = new Set();
    frame.querySelectorAll(LISTED).forEach(function (node) {
      const left = leavesOut(node);
      if (left) out.add(idOf(node));
      if (node.classList.contains("filtered") === left) return;
      node.classList.toggle("filtered", left);
      if (left) node.setAttribute("aria-description", t("不在当前筛选内"));
      else node.removeAttribute("aria-description");
    });
    return out;
  }

  function clearing() {
    const button = document.createElement("button");
    button.className = "text-button";
    button.dataset.clearFilters = "1";
    button.textContent = t("清除筛选");
    return button;
  }

  /* A sentence at the head of a frame; none takes it away. */
  function say(frame, words) {
    let line = frame.querySelector(":scope > .filter-note");
    if (!words) return line && line.remove();
    if (!line) {
      line = document.createElement("p");
      line.className = "filter-note";
      frame.prepend(line);
    }
    line.replaceChildren(words + "　", clearing());
  }

  function panel() {
    const out = mark(byId("feature-panel"));
    const { feature } = atlas.state;
    const itself = feature && !atlas.keeps(feature) && byId("feature-panel").querySelector(".panel");
    const others = out.size ? tn("下面有 {n} 个要素不在当前筛选内，淡显。", out.size) : "";
    say(byId("feature-panel"), (itself ? t("这个要素不在当前筛选内。") : "") + others);
  }

  function reader() {
    const out = mark(byId("reader-body"));
    const line = byId("reader-filtered");
    line.hidden = !out.size;
    if (out.size) line.replaceChildren(tn("本文有 {n} 个要素不在当前筛选内，淡显。", out.size), clearing());
  }

  function page(name) {
    const any = atlas.facets.any();
    const kept = atlas.facets.kept();
    byId("page-filter").querySelector("[data-clear-filters]").hidden = !any;
    byId("page-filter-count").textContent = kept === null ? "" : any ? tn("{n} 个要素符合", kept) : tn("全部 {n} 个要素", kept);
    const body = byId("page-body");
    if (body.firstElementChild) mark(body);
    body.querySelectorAll('[data-filter="plan"]').forEach(function (option) {
      option.classList.toggle("on", option.dataset.value === atlas.state.plan);
      option.setAttribute("aria-pressed", option.dataset.value === atlas.state.plan);
    });
    byId("page-filter-words").textContent = pages[name] ? pages[name]() : "";
  }

  /* At once: what has just been put in is in step before it is painted. */
  function now() {
    waiting = false;
    const any = atlas.facets.any();
    if (atlas.state.page !== "map") page(atlas.state.page);
    if (!any && !marked) return;
    marked = any;
    panel();
    reader();
  }

  /* After the map, when a filter changes: a long text has thousands of names. */
  function later() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => setTimeout(() => waiting && now(), 0));
  }

  document.addEventListener("atlas-change", function (event) {
    if (event.detail === "reader") now();
    else if (["plan", "page", "facet"].includes(event.detail)) later();
  });

  atlas.filtered = { later, mark, now, say, page: (name, follow) => (pages[name] = follow) };
})(window.planAtlas);
