/* Filters beside plan and level: status, precision, projects, target year, district. Values of one add up, filters
   narrow each other. The table of every feature's values (/facets.json) is read once; what a filter leaves out is
   marked "out" on the map, nothing is drawn again. Chips above the tree say what is on. */
(function (atlas) {
  "use strict";
  const FIELDS = ["category", "level", "plans", "status", "precision", "projects", "year", "district"];
  const KEYS = { status: "st", precision: "pr", projects: "pj", year: "yr", district: "di" }; /* in the link */
  const LABELS = { plan: "规划", level: "详略", status: "状态", precision: "精度", projects: "项目", year: "目标年", district: "区市" };
  const byId = (id) => document.getElementById(id);
  const on = {};
  Object.keys(KEYS).forEach((name) => (on[name] = new Set()));
  let table = null;
  let marked = false; /* some features carry the mark */

  const active = () => Object.keys(KEYS).filter((name) => on[name].size);

  /* Whether a feature passes the filters of this file; `except` leaves one of them aside. */
  function passes(id, except) {
    const facets = table && table.get(id);
    if (!facets) return !table || !active().length;
    return active().every((name) => name === except || [].concat(facets[name]).some((value) => on[name].has(value)));
  }

  const wanted = (id) => atlas.wanted(table.get(id).plans, table.get(id).level);

  /* Whether a feature passes every filter. */
  atlas.keeps = (id) => (!table || !table.has(id) || wanted(id)) && passes(id);

  function toggle(name, value) {
    if (!on[name].delete(value)) on[name].add(value);
    changed();
  }

  function changed() {
    apply();
    document.dispatchEvent(new CustomEvent("atlas-change", { detail: "facet" }));
  }

  function apply() {
    if (table && atlas.leaflet && (active().length || marked)) {
      marked = active().length > 0;
      atlas.leaflet.eachLayer(mark);
    }
    count();
    options();
    chips();
    atlas.labels.later();
  }

  function mark(layer) {
    const p = layer.feature && layer.feature.properties;
    const node = p && p.id && /^layer-/.test(layer.options.pane || "") && layer.getElement && layer.getElement();
    if (!node) return;
    const ids = p.together ? p.together.map((one) => one.id) : [p.id];
    node.classList.toggle("out", !ids.some((id) => passes(id)));
    const number = p.together && node.querySelector(".together");
    if (!number) return;
    const only = atlas.state.only;
    const kept = ids.filter((id) => atlas.keeps(id) && (!only || only.includes(id))).length;
    number.textContent = kept;
    number.hidden = kept < 2;
  }

  /* The numbers of the tree; false while the table is not there. */
  function count() {
    if (!table) return false;
    const numbers = {};
    let all = 0;
    let unplaced = 0;
    table.forEach(function (facets, id) {
      if (!atlas.keeps(id)) return;
      all++;
      if (facets.precision === "unplaced") unplaced++;
      numbers[facets.category] = (numbers[facets.category] || 0) + 1;
    });
    const totals = {};
    document.querySelectorAll(".count[data-group]").forEach(function (node) {
      const kept = numbers[node.dataset.category] || 0;
      node.textContent = kept;
      totals[node.dataset.group] = (totals[node.dataset.group] || 0) + kept;
    });
    document.querySelectorAll(".count[data-total]").forEach((node) => (node.textContent = totals[node.dataset.total] || 0));
    const some = all + " 个要素" + (unplaced ? "，其中 " + unplaced + " 个未落图" : "");
    byId("filter-count").textContent = all ? some : "没有要素符合这些筛选，请去掉一个再看。";
    return true;
  }

  /* Each value says how many features it would leave, the other filters standing. */
  function options() {
    const numbers = {};
    if (table)
      table.forEach(function (facets, id) {
        if (!wanted(id)) return;
        Object.keys(KEYS).forEach(function (name) {
          if (!passes(id, name)) return;
          [].concat(facets[name]).forEach((value) => (numbers[name + value] = (numbers[name + value] || 0) + 1));
        });
      });
    document.querySelectorAll("[data-facet]").forEach(function (option) {
      const { facet, value } = option.dataset;
      const chosen = on[facet].has(value);
      const left = numbers[facet + value] || 0;
      option.classList.toggle("on", chosen);
      option.classList.toggle("none", Boolean(table) && !left);
      option.setAttribute("aria-pressed", chosen);
      option.querySelector(".facet-count").textContent = table ? left : "";
    });
  }

  function chips() {
    const all = [];
    const { plan, level } = atlas.state;
    const named = (name, value) => document.querySelector('[data-filter="' + name + '"][data-value="' + CSS.escape(value) + '"]').textContent;
    if (plan) all.push(chip("plan", named("plan", plan), () => atlas.filter("plan", "")));
    if (level !== "1") all.push(chip("level", named("level", level), () => atlas.filter("level", "1")));
    active().forEach((name) =>
      on[name].forEach(function (value) {
        const option = document.querySelector('[data-facet="' + name + '"][data-value="' + CSS.escape(value) + '"]');
        all.push(chip(name, option ? option.dataset.name : value, () => toggle(name, value)));
      })
    );
    if (all.length > 1) {
      const clear = document.createElement("button");
      clear.className = "clear-filters";
      clear.textContent = "全部去掉";
      clear.addEventListener("click", clearAll);
      all.push(clear);
    }
    byId("filter-chips").replaceChildren(...all);
  }

  function chip(name, text, remove) {
    const button = document.createElement("button");
    button.className = "filter-chip";
    button.textContent = LABELS[name] + "：" + text;
    button.setAttribute("aria-label", "去掉筛选　" + LABELS[name] + "：" + text);
    button.addEventListener("click", function () {
      const at = [...byId("filter-chips").children].indexOf(button);
      remove();
      const left = byId("filter-chips").children; /* the focus stays in the row */
      (left[Math.min(at, left.length - 1)] || document.querySelector('.option.on[data-filter="plan"]')).focus();
    });
    return button;
  }

  function clearAll() {
    Object.values(on).forEach((values) => values.clear());
    atlas.filter("plan", "");
    atlas.filter("level", "1");
    changed();
    document.querySelector('.option.on[data-filter="plan"]').focus();
  }

  /* The link: one short key a filter, its values joined by dots. */
  function write(query) {
    active().forEach((name) => query.set(KEYS[name], [...on[name]].join(".")));
  }

  function restore(query) {
    Object.entries(KEYS).forEach(function ([name, key]) {
      const known = (value) => document.querySelector('[data-facet="' + name + '"][data-value="' + CSS.escape(value) + '"]');
      on[name] = new Set((query.get(key) || "").split(".").filter((value) => value && known(value)));
    });
    if (active().length) byId("more-filters").open = true;
    apply();
  }

  document.addEventListener("click", function (event) {
    const option = event.target.closest("[data-facet]");
    if (option) toggle(option.dataset.facet, option.dataset.value);
  });

  document.addEventListener("atlas-change", function (event) {
    if (["plan", "level"].includes(event.detail)) {
      options();
      chips();
    }
    if (["plan", "level", "only"].includes(event.detail) && marked) atlas.leaflet.eachLayer(mark);
  });

  async function load() {
    try {
      const answer = await fetch("/facets.json");
      if (!answer.ok) throw new Error(answer.status);
      table = new Map(Object.entries(await answer.json()).map(([id, values]) => [id, Object.fromEntries(FIELDS.map((name, i) => [name, values[i]]))]));
      apply();
    } catch (error) {
      byId("filter-count").textContent = "筛选的数据没有取到，请检查服务是否还在运行，然后刷新。";
    }
  }

  const category = (id) => table && table.has(id) && table.get(id).category;

  atlas.facets = { count, write, restore, category };

  /* Layers that arrive later are marked as they come. */
  const start = setInterval(function () {
    if (!atlas.leaflet || !byId("filter-chips")) return;
    clearInterval(start);
    atlas.leaflet.on("layeradd", (event) => marked && mark(event.layer));
    load();
  }, 50);
})(window.planAtlas);
