/* Filters beside plan: status, precision, projects, target year, district, level, category. Values of one add up,
   filters narrow each other. The table of every feature's values (/facets.json) is read once; what a filter leaves out
   is marked "out" on the map, nothing is drawn again. Chips above the tree and above every other page say what is on.

     atlas.keeps(id)   whether plan and filters keep a feature: for lists and tables, see assets/4-filtered.js
     atlas.shows(id)   whether the map draws it too, at its level of detail (「详略」) */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const FIELDS = ["category", "level", "plans", "status", "precision", "projects", "year", "district"];
  const NAMES = ["status", "precision", "projects", "year", "district", "grade", "category"];
  const LABELS = { plan: t("规划"), level: t("详略"), status: t("状态"), precision: t("精度"), projects: t("项目"), year: t("目标年"), district: t("区市"), grade: t("级别"), category: t("类别") };
  const byId = (id) => document.getElementById(id);
  const on = {};
  NAMES.forEach((name) => (on[name] = new Set()));
  let table = null;
  let marked = false; /* some features carry the mark */

  const active = () => NAMES.filter((name) => on[name].size);
  let tableTried;
  const ready = new Promise((resolve) => (tableTried = resolve)); /* the table is there, or is not to be had */

  /* Whether a feature passes the filters of this file; `except` leaves one of them aside. */
  function passes(id, except) {
    const facets = table && table.get(id);
    if (!facets) return !table || !active().length;
    return active().every((name) => name === except || [].concat(facets[name]).some((value) => on[name].has(value)));
  }

  const wanted = (id) => atlas.wanted(table.get(id).plans, table.get(id).level);
  const ofPlan = (id) => !atlas.state.plan || !table || !table.has(id) || table.get(id).plans.includes(atlas.state.plan);

  /* `anyPlan` leaves the plan aside: where two plans are compared. */
  atlas.keeps = (id, anyPlan) => (anyPlan || ofPlan(id)) && passes(id);
  atlas.shows = (id) => (!table || !table.has(id) || wanted(id)) && passes(id);

  /* A project is kept with its feature, by its own plan, and by its own years and amount where those are asked for. */
  function keepsProject(id, { plan, years, invested }) {
    if (!atlas.keeps(id) || (atlas.state.plan && plan !== atlas.state.plan)) return false;
    if (on.year.size && !(years.length ? years : ["none"]).some((year) => on.year.has(String(year)))) return false;
    return !on.projects.size || on.projects.has("named") || (on.projects.has("invested") && invested);
  }

  function toggle(name, value) {
    if (!on[name].delete(value)) {
      on[name].add(value);
      if (name === "grade" && value > atlas.state.level) atlas.filter("level", value); /* so that the map can draw it */
    }
    changed();
  }

  /* These values of a filter and no others. */
  function choose(name, values) {
    on[name] = new Set(values);
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
    atlas.filtered.later();
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
    const kept = ids.filter((id) => atlas.shows(id) && (!only || only.includes(id))).length;
    number.textContent = kept;
    number.hidden = kept < 2;
  }

  /* The numbers of the tree; false while the table is not there. */
  function count() {
    if (!table) return false;
    const numbers = {};
    let all = 0;
    let unplaced = 0;
    let finer = 0; /* kept, but of a level that the map does not draw now */
    table.forEach(function (facets, id) {
      if (!atlas.shows(id)) {
        if (atlas.keeps(id)) finer++;
        return;
      }
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
    const some = tn("{n} 个要素", all) + (unplaced ? tn("，其中 {n} 个未落图", unplaced) : "");
    const none = finer ? t("这个详略下没有要素符合筛选。") : t("没有要素符合这些筛选，请去掉一个再看。");
    byId("filter-count").replaceChildren(all ? some : none, ...(finer && narrows() ? more(finer) : []));
    return true;
  }

  /* The way to what only a finer level of detail draws. */
  function more(finer) {
    const button = document.createElement("button");
    button.className = "text-button";
    Object.assign(button.dataset, { filter: "level", value: "3" });
    button.textContent = t("显示");
    return [tn("　更细的还有 {n} 个", finer), button];
  }

  /* Each value says how many features it would leave, the other filters standing; the level of detail is the map's own. */
  function options() {
    const numbers = {};
    const onMap = atlas.state.page === "map";
    if (table)
      table.forEach(function (facets, id) {
        if (!(onMap ? wanted(id) : ofPlan(id))) return;
        NAMES.forEach(function (name) {
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
    document.querySelectorAll(".filter-chips").forEach(function (row) {
      const onMap = row.id === "filter-chips";
      row.replaceChildren(...(onMap || atlas.state.page !== "map" ? rowOf(onMap) : []));
    });
  }

  /* Detail is the map's own; 「全部去掉」 stands in the row where nothing beside it clears. */
  function rowOf(onMap) {
    const all = [];
    const { plan, level } = atlas.state;
    const named = (name, value) => document.querySelector('[data-filter="' + name + '"][data-value="' + CSS.escape(value) + '"]').textContent;
    if (plan) all.push(chip("plan", named("plan", plan), () => atlas.filter("plan", "")));
    if (onMap && level !== "1") all.push(chip("level", named("level", level), () => atlas.filter("level", "1")));
    active().forEach((name) =>
      on[name].forEach(function (value) {
        const option = document.querySelector('[data-facet="' + name + '"][data-value="' + CSS.escape(value) + '"]');
        all.push(chip(name, option ? option.dataset.name : value, () => toggle(name, value)));
      })
    );
    if (onMap && all.length > 1) {
      const clear = document.createElement("button");
      clear.className = "clear-filters";
      clear.textContent = t("全部去掉");
      clear.dataset.clearFilters = "all";
      all.push(clear);
    }
    return all;
  }

  function chip(name, text, remove) {
    const button = document.createElement("button");
    button.className = "filter-chip";
    if (["plan", "district"].includes(name)) button.append(...atlas.phrase("{filter}：{value}", { filter: LABELS[name], value: atlas.planWords(text) }));
    else button.textContent = t("{filter}：{value}", { filter: LABELS[name], value: text });
    button.setAttribute("aria-label", t("去掉筛选　{filter}", { filter: t("{filter}：{value}", { filter: LABELS[name], value: text }) }));
    button.addEventListener("click", function () {
      const row = button.parentElement;
      const at = [...row.children].indexOf(button);
      remove();
      const left = row.children; /* the focus stays in the row */
      (left[Math.min(at, left.length - 1)] || rest()).focus();
    });
    return button;
  }

  /* Where the focus goes when the row is empty. */
  const rest = () => (atlas.state.page === "map" ? document.querySelector('.option.on[data-filter="plan"]') : byId("page-body"));

  function clear() {
    Object.values(on).forEach((values) => values.clear());
    atlas.filter("plan", "");
    changed();
  }

  /* For the link: the chosen values by filter. */
  const chosen = () => Object.fromEntries(active().map((name) => [name, [...on[name]]]));

  /* Choose what a link says, nothing else; gives back the values that are none. */
  function restore(filters) {
    const unknown = [];
    NAMES.forEach(function (name) {
      const known = (value) => document.querySelector('[data-facet="' + name + '"][data-value="' + CSS.escape(value) + '"]');
      const said = filters[name] || [];
      on[name] = new Set(said.filter(known));
      unknown.push(...said.filter((value) => !known(value)));
    });
    if (active().length) byId("more-filters").open = true;
    apply();
    return unknown;
  }

  /* A plan that a page of a link names, where the link itself names none. */
  function restorePlan(plan, sentence) {
    if (!plan || atlas.state.plan) return;
    if (document.querySelector('.option[data-filter="plan"][data-value="' + CSS.escape(plan) + '"]')) atlas.filter("plan", plan);
    else atlas.link.leaveOut(sentence);
  }

  document.addEventListener("click", function (event) {
    const option = event.target.closest("[data-facet]");
    if (option) toggle(option.dataset.facet, option.dataset.value);
    const clearing = event.target.closest("[data-clear-filters]");
    if (!clearing) return;
    clear();
    if (clearing.dataset.clearFilters === "all") atlas.filter("level", "1");
    rest().focus();
  });

  document.addEventListener("atlas-change", function (event) {
    if (["plan", "level", "page"].includes(event.detail)) options();
    if (["plan", "level", "page"].includes(event.detail)) chips();
    if (["plan", "level", "only"].includes(event.detail) && marked) atlas.leaflet.eachLayer(mark);
  });

  async function load() {
    try {
      const answer = await fetch("/facets.json");
      if (!answer.ok) throw new Error(answer.status);
      table = new Map(Object.entries(await answer.json()).map(([id, values]) => [id, Object.fromEntries(FIELDS.map((name, i) => [name, values[i]]))]));
      table.forEach((values) => (values.grade = String(values.level)));
      apply();
    } catch (error) {
      byId("filter-count").textContent = t("筛选的数据没有取到，请检查服务是否还在运行，然后刷新。");
    } finally {
      tableTried();
    }
  }

  const category = (id) => table && table.has(id) && table.get(id).category;

  /* Whether anything is left out of lists. */
  const any = () => Boolean(atlas.state.plan) || narrows();
  const narrows = () => active().length > 0;

  /* How many features plan and filters keep, at every level of detail; null while the table is not there. */
  const kept = () => table && [...table.keys()].filter((id) => atlas.keeps(id)).length;

  /* The plans that name a feature, by id; none while the table is not there. */
  const plansOf = (id) => (table && table.has(id) ? table.get(id).plans : []);

  atlas.facets = { any, category, choose, chosen, clear, count, keepsProject, kept, narrows, plansOf, ready, restore, restorePlan };

  /* Layers that arrive later are marked as they come. */
  const start = setInterval(function () {
    if (!atlas.leaflet || !byId("filter-chips")) return;
    clearInterval(start);
    atlas.leaflet.on("layeradd", (event) => marked && mark(event.layer));
    load();
  }, 50);
})(window.planAtlas);
