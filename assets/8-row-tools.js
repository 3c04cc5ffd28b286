/* In the layer tree, where a row is pointed at or in focus: 「仅看」 for a category or a group, and a category's opacity. */
(function (atlas) {
  "use strict";
  const opacity = {}; /* category -> percent, where it is not 100 */
  let before = null; /* the layers shown before 「仅看」 */

  const pane = (category) => atlas.leaflet && atlas.leaflet.getPane("layer-" + category);
  const frames = () => [...document.querySelectorAll(".row-tools")];
  const all = () => [...document.querySelectorAll(".category-tools")].map((frame) => frame.dataset.categories);
  const shown = () => all().filter((category) => pane(category) && pane(category).style.display !== "none");
  const same = (a, b) => a.length === b.length && a.every((one) => b.includes(one));

  function build(frame) {
    const { name, categories } = frame.dataset;
    const only = document.createElement("button");
    only.className = "solo";
    only.textContent = "仅看";
    only.title = "只显示「" + name + "」，再点一次恢复";
    only.setAttribute("aria-label", "仅看" + name);
    only.setAttribute("aria-pressed", "false");
    only.addEventListener("click", () => solo(categories.split(" ")));
    frame.append(only);
    if (!frame.classList.contains("category-tools")) return;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 10, max: 100, step: 10, value: 100, title: "不透明度", className: "opacity" });
    slider.setAttribute("aria-label", name + "的不透明度");
    slider.addEventListener("input", function () {
      fade(categories, Number(slider.value));
      document.dispatchEvent(new CustomEvent("atlas-change", { detail: "opacity" }));
    });
    frame.prepend(slider);
  }

  function solo(categories) {
    const now = shown();
    const back = same(now, categories) && before;
    before = back ? null : now;
    window.dash_clientside.set_props("shown-categories", { data: back || categories });
  }

  /* Also when the layers were changed in another way. */
  function markSolo() {
    const now = shown();
    frames().forEach((frame) => frame.querySelector(".solo").setAttribute("aria-pressed", same(now, frame.dataset.categories.split(" "))));
  }

  function fade(category, percent) {
    if (percent === 100) delete opacity[category];
    else opacity[category] = percent;
    if (pane(category)) pane(category).style.setProperty("--opacity", percent / 100);
    const frame = document.querySelector('.category-tools[data-categories="' + category + '"]');
    const slider = frame && frame.querySelector(".opacity"); /* there a moment after its row */
    if (slider) slider.value = percent;
    const count = document.querySelector('.count[data-category="' + category + '"]');
    if (percent === 100) delete count.dataset.opacity;
    else count.dataset.opacity = percent + "%　";
  }

  /* The link: category-percent, joined by dots. */
  function write(query) {
    const list = Object.entries(opacity).map(([category, percent]) => category + "-" + percent);
    if (list.length) query.set("op", list.join("."));
  }

  function restore(query) {
    const wanted = Object.fromEntries((query.get("op") || "").split(".").map((one) => one.split("-")));
    all().forEach(function (category) {
      const percent = Number(wanted[category]);
      fade(category, percent >= 10 && percent < 100 ? percent : 100);
    });
  }

  document.addEventListener("atlas-change", (event) => event.detail === "layers" && markSolo());
  atlas.rowTools = { write, restore };

  const start = setInterval(function () {
    if (!atlas.leaflet || !frames().length) return;
    clearInterval(start);
    frames().forEach(build);
    markSolo();
  }, 40);
})(window.planAtlas);
