/* The form of data on the export page: of all features, of a plan, or of what the filters of the page keep; how many they
   are is asked from the server before anything is downloaded. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const AFTER_MS = 150;
  const form = () => document.getElementById("data-form");
  const isFiltered = () => form().querySelector('[data-start="content"]').value === "filter";
  let waiting = null;
  let asked = 0; /* only the last question's answer is shown */

  /* What the form asks for; the map's link stands for its filters. */
  function query() {
    const values = new URLSearchParams();
    form().querySelectorAll("[data-field]").forEach((field) => field.value && !field.closest("[hidden]") && values.set(field.dataset.field, field.value));
    if (isFiltered()) values.set("link", atlas.link.ofMap());
    return values;
  }

  function show() {
    if (!form()) return;
    form().querySelectorAll('[data-of="choice"]').forEach((row) => (row.hidden = isFiltered()));
    clearTimeout(waiting);
    waiting = setTimeout(count, AFTER_MS);
  }

  async function count() {
    if (!form()) return;
    const { ask, reason } = atlas.exporting;
    const mine = ++asked;
    let words, some = false;
    try {
      const { features, unplaced } = await (await ask("/data/count?" + query())).json();
      words = tn("{n} 个要素", features) + (unplaced ? tn("，其中 {n} 个未落图", unplaced) : "");
      some = true;
    } catch (error) {
      words = reason(error);
    }
    if (mine !== asked || !form()) return;
    document.getElementById("data-count").textContent = words;
    if (!atlas.exporting.busy()) form().querySelectorAll("[data-make]").forEach((button) => (button.disabled = !some));
  }

  document.addEventListener("change", (event) => event.target.closest("#data-form") && show());
  document.addEventListener("atlas-change", (event) => ["plan", "facet", "page"].includes(event.detail) && show());

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-make]");
    if (!button) return;
    const { ask, make } = atlas.exporting;
    const [path, fixed] = button.dataset.make.split("?");
    const values = query();
    new URLSearchParams(fixed).forEach((value, name) => values.set(name, value));
    make(button.textContent, (signal) => ask(path + "?" + values, { signal })).then(show);
  });

  /* The page is laid out whenever it is opened: filters that are on are what is meant. */
  new MutationObserver(function () {
    if (!form() || form().dataset.begun) return;
    form().dataset.begun = "1";
    const filtered = Object.keys(atlas.facets.chosen()).length || atlas.state.only;
    if (filtered) form().querySelector('[data-start="content"]').value = "filter";
    show();
  }).observe(document.documentElement, { childList: true, subtree: true });
})(window.planAtlas);
