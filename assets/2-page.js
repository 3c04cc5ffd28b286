/* The page's own state, changed only here: what is chosen, which page, tab, filters and layers. Whoever wants to know
   listens to the "atlas-change" event (assets/5-link.js keeps the link in step). */
(function (atlas) {
  "use strict";
  const t = atlas.t;
  const byId = (id) => document.getElementById(id);
  const state = (atlas.state = { page: "map", tab: "feature", feature: null, plan: "", level: "1", layers: null, only: null });

  function changed(what) {
    document.dispatchEvent(new CustomEvent("atlas-change", { detail: what }));
  }

  /* What a callback of the server is to know: see viewer/page.py. */
  atlas.tell = (id, words) => window.dash_clientside.set_props(id, { "data-said": words });

  /* Choosing a feature, from wherever; null chooses none. `fly` moves the map to it. The reader stays open when the
     choice came from it. */
  atlas.select = function (id, fly) {
    state.feature = id;
    showPanel(id);
    const lit = id ? atlas.map.highlight(id) : null;
    if (lit) window.dash_clientside.set_props("highlight", lit);
    atlas.tell("selected-feature", JSON.stringify(id ? { id: id, fly: Boolean(fly), lit: Boolean(lit), at: Date.now() } : {}));
    byId("map-frame").classList.toggle("chosen", Boolean(id));
    if (state.page !== "map") atlas.showPage("map");
    atlas.reader.markChosen(id);
    changed("feature");
  };

  /* The panel of the chosen feature: the server's HTML. A feature that is not there comes with its sentence. */
  async function showPanel(id) {
    const frame = byId("feature-panel");
    const slow = setTimeout(() => frame.classList.add("waiting"), 250);
    try {
      const answer = await fetch("/panel/" + encodeURIComponent(id || "-"));
      if (!answer.ok && answer.status !== 404) throw new Error(answer.status);
      const html = await answer.text();
      if (state.feature !== id) return;
      frame.innerHTML = html;
      frame.scrollTop = 0;
      atlas.filtered.now();
    } catch (error) {
      if (state.feature === id) frame.textContent = t("没有取到这个要素，请检查服务是否还在运行，然后再点一次。");
    } finally {
      clearTimeout(slow);
      if (state.feature === id) frame.classList.remove("waiting");
    }
  }

  atlas.showTab = function (name) {
    state.tab = name;
    byId("side").classList.toggle("reading", name === "reader");
    byId("side").classList.toggle("boxing", name === "box");
    document.querySelectorAll(".tab").forEach((tab) => {
      tab.classList.toggle("on", tab.dataset.tab === name);
      tab.setAttribute("aria-selected", tab.dataset.tab === name);
    });
    if (atlas.leaflet) setTimeout(() => atlas.leaflet.invalidateSize({ animate: false }), 0);
    if (name === "reader") atlas.reader.openFirst();
    changed("tab");
  };

  atlas.showPage = function (name) {
    state.page = name;
    document.body.dataset.page = name;
    document.querySelectorAll(".nav").forEach((nav) => {
      nav.classList.toggle("on", nav.dataset.page === name);
      nav.setAttribute("aria-current", nav.dataset.page === name ? "page" : "false");
    });
    if (name !== "map") layOut(name);
    else if (atlas.leaflet) setTimeout(() => atlas.leaflet.invalidateSize({ animate: false }), 0);
    changed("page");
  };

  /* Dash lays a page out once the components it is made of are there. */
  async function layOut(name) {
    await atlas.later(name);
    if (state.page === name) atlas.tell("page", name);
  }

  /* The map's frame says what is wanted; style sheets hide the rest, so nothing is drawn again. */
  atlas.filter = function (name, value) {
    state[name] = value;
    const frame = byId("map-frame");
    if (value) frame.dataset[name] = value;
    else delete frame.dataset[name];
    document.querySelectorAll('.option[data-filter="' + name + '"]').forEach((option) => {
      option.classList.toggle("on", option.dataset.value === value);
      option.setAttribute("aria-pressed", option.dataset.value === value);
    });
    atlas.labels.later();
    countShown();
    changed(name);
  };

  atlas.wanted = (plans, level) => Number(level) <= Number(state.level) && (!state.plan || plans.includes(state.plan));

  function keptOf(marks) {
    const kept = marks.split(" ").filter((mark) => atlas.wanted(mark.split(":")[0].split(","), mark.split(":")[1]));
    return kept.length;
  }

  /* The numbers of the tree follow the filters: each holds its features as "plans:level" marks. */
  function countShown() {
    if (!atlas.facets.count()) countMarks();
    document.querySelectorAll(".together[data-marks]").forEach((node) => {
      const kept = keptOf(node.dataset.marks);
      node.textContent = kept;
      node.hidden = kept < 2;
    });
  }

  /* Before the table of assets/3-facets.js is there. */
  function countMarks() {
    const totals = {};
    document.querySelectorAll(".count[data-group]").forEach((node) => {
      const kept = keptOf(node.dataset.features);
      node.textContent = kept;
      totals[node.dataset.group] = (totals[node.dataset.group] || 0) + kept;
    });
    document.querySelectorAll(".count[data-total]").forEach((node) => (node.textContent = totals[node.dataset.total] || 0));
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest("[data-read-plan], [data-feature], [data-tab], [data-page], [data-filter]");
    if (!target || target.tagName === "BODY") return;
    const data = target.dataset;
    if (data.filter) {
      atlas.filter(data.filter, data.value);
      if (data.bounds && atlas.leaflet) {
        const [west, south, east, north] = data.bounds.split(",").map(Number);
        atlas.leaflet.flyToBounds([[south, west], [north, east]], { duration: 0.6 });
      }
    } else if (data.page) atlas.showPage(data.page);
    else if (data.tab) atlas.showTab(data.tab);
    else if (data.readPlan) atlas.reader.open(data.readPlan, data.readStart);
    else {
      event.preventDefault();
      atlas.select(data.feature, true);
      if (!target.classList.contains("m")) atlas.showTab("feature");
    }
  });

  /* On a narrow screen the layer tree is a drawer over the map. */
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-drawer]");
    const open = Boolean(button) && !document.body.classList.contains("drawer");
    if (!button && (event.target.closest(".side.left") || !document.body.classList.contains("drawer"))) return;
    document.body.classList.toggle("drawer", open);
    document.querySelector("[data-drawer]").setAttribute("aria-expanded", open);
  });

  /* Copying needs a secure page, which 127.0.0.1 is; elsewhere the text is offered to be copied by hand. */
  document.addEventListener("click", async function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = t("已复制");
      setTimeout(() => (button.textContent = t("复制引文")), 1500);
    } catch (error) {
      window.prompt(t("请按 Ctrl+C 复制"), button.dataset.copy);
    }
  });
})(window.planAtlas);
