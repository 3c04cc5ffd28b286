/* In the layer tree, where a row is pointed at or in focus: 「仅看」 for a category or a group, and a category's opacity. */
(function (atlas) {
  "use strict";
  const t = atlas.t;
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
    only.textContent = t("仅看");
    only.title = t("只显示「{name}」，再点一次恢复", { name: name });
    only.setAttribute("aria-label", t("仅看{name}", { name: name }));
    only.setAttribute("aria-pressed", "false");
    only.addEventListener("click", () => solo(categories.split(" ")));
    frame.append(only);
    if (!frame.classList.contains("category-tools")) return;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 10, max: 100, step: 10, value: 100, title: t("不透明度"), className: "opacity" });
    slider.setAttribute("aria-label", t("{name}的不透明度", { name: name }));
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
    atlas.layers.show(back || categories);
  }

  /* Also when the layers were changed in another way. */
  function markSolo() {
    const now = shown();
    frames().forEach(function (frame) {
      const button = frame.querySelector(".solo"); /* there a moment after its row */
      if (button) button.setAttribute("aria-pressed", same(now, frame.dataset.categories.split(" ")));
    });
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

  /* What a link says: percents by category. */
  function restore(wanted) {
    all().forEach((category) => fade(category, Object.hasOwn(wanted, category) ? wanted[category] : 100));
  }

  document.addEventListener("atlas-change", (event) => event.detail === "layers" && markSolo());
  atlas.rowTools = { opacity: () => opacity, restore };

  const start = setInterval(function () {
    if (!atlas.leaflet || !frames().length) return;
    clearInterval(start);
    frames().forEach(build);
    atlas.layers.followGroups();
    markSolo();
  }, 40);
})(window.planAtlas);
