/* The projects page: quick filter, choices, years, totals and export, all on the table's own filtered rows. Plan and
   category are chosen here as on the map: they are the atlas's own filters (assets/3-facets.js), which rows follow. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const byId = (id) => document.getElementById(id);
  const FIRST_YEAR = 2021; /* an earlier one is no target, see layers/facets.py */
  const start = () => ({ kind: "", stage: "", year: null, money: false });
  let wanted = start();
  let words = "";
  let order = ""; /* "investment-desc,years-asc" */
  let columns = ""; /* the filters of the columns, as the table gives them, in JSON */
  const NARROW_PX = 700;
  let api = null;

  /* By the filters of the atlas. */
  function kept(row) {
    const years = (row.years || "").split("、").filter((year) => Number(year) >= FIRST_YEAR);
    return atlas.facets.keepsProject(row.id, { plan: row.plan_id, years: years, invested: row.investment !== undefined });
  }

  /* What the choices of this page stand at. */
  function chosenIn(name) {
    if (name === "plan") return atlas.state.plan;
    if (name !== "category") return wanted[name];
    const categories = atlas.facets.chosen().category || [];
    return categories.length > 1 ? SEVERAL : categories[0] || "";
  }

  const SEVERAL = "several";

  function choose(name, value) {
    if (name === "plan") atlas.filter("plan", value);
    else if (name === "category") atlas.facets.choose("category", value ? [value] : []);
    else {
      wanted[name] = value;
      apply();
      atlas.link.changed(true);
    }
  }

  function showChoice(select) {
    const value = chosenIn(select.dataset.projectsFilter);
    const several = select.querySelector('[value="' + SEVERAL + '"]');
    if (value === SEVERAL && !several) select.add(new Option(t("几类（见上方筛选）"), SEVERAL));
    else if (value !== SEVERAL && several) several.remove();
    select.value = value;
  }

  function passes(node) {
    const row = node.data;
    if (!kept(row)) return false;
    if (wanted.kind && row.kind_id !== wanted.kind) return false;
    if (wanted.stage && row.stage_id !== wanted.stage) return false;
    if (wanted.money && row.investment === undefined) return false;
    if (wanted.year === null) return true;
    return (row.span || "") === wanted.year;
  }

  const filtersNow = () => atlas.state.plan + JSON.stringify(atlas.facets.chosen());
  let followed = null; /* the filters that the rows were last brought in step with */

  /* What is chosen before the table is there waits for it. */
  function apply() {
    if (!api) return;
    followed = filtersNow();
    api.onFilterChanged();
    document.querySelectorAll("[data-projects-filter]").forEach(showChoice);
    byId("projects-money").setAttribute("aria-pressed", wanted.money);
    document.querySelectorAll(".year").forEach((y) => y.setAttribute("aria-pressed", y.dataset.year === wanted.year));
  }

  const add = (groups, key, row) => {
    const group = groups[key] || (groups[key] = { projects: new Set(), stated: new Set(), amounts: new Map() });
    group.projects.add(row.project);
    if (row.amount !== undefined) {
      group.stated.add(row.project);
      group.amounts.set(row.amount, row);
    }
  };
  const sum = (group) => Number([...group.amounts.values()].reduce((total, row) => total + row.investment, 0).toPrecision(8));

  function count() {
    if (!byId("projects-sentence")) return;
    const groups = {};
    const years = {};
    let rows = 0;
    api.forEachNodeAfterFilter(({ data }) => {
      rows += 1;
      add(groups, "all", data);
      add(groups, "plan " + data.plan_id, data);
      add(groups, "category " + data.category_id, data);
      (years[data.span || ""] = years[data.span || ""] || new Set()).add(data.project);
    });
    const all = groups.all || { projects: new Set(), stated: new Set(), amounts: new Map() };
    byId("projects-sentence").textContent =
      tn("{n} 个项目（表中 {rows} 行），", all.projects.size, { rows: rows }) +
      (all.stated.size ? tn("其中 {n} 项写明投资额，合计 {sum} 亿元。", all.stated.size, { sum: sum(all) }) : t("都没有写明投资额。"));
    document.querySelectorAll("[data-total-of]").forEach((line) => {
      const group = groups[line.dataset.totalOf + " " + line.dataset.value];
      const [projects, stated, money] = line.querySelectorAll("td");
      projects.textContent = group ? group.projects.size : 0;
      stated.textContent = group ? group.stated.size : 0;
      money.textContent = group && group.stated.size ? sum(group) : "—";
      line.classList.toggle("none", !group);
      line.classList.toggle("on", chosenIn(line.dataset.totalOf) === line.dataset.value);
    });
    drawYears(years);
    listAmounts(all);
  }

  function drawYears(years) {
    document.querySelectorAll(".year").forEach((lane) => {
      const n = (years[lane.dataset.year] || new Set()).size;
      lane.querySelector(".bar-count").textContent = n;
      lane.classList.toggle("none", !n);
    });
  }

  function listAmounts(all) {
    const rows = [...all.amounts.values()].sort((a, b) => b.investment - a.investment);
    byId("projects-amounts").replaceChildren(
      ...rows.map((row) => {
        const item = document.createElement("li");
        const printed = document.createElement("b");
        printed.textContent = row.investment_printed;
        item.lang = "zh-CN";
        item.append(printed, " → " + row.investment + "　" + row.feature + "：" + row.name);
        return item;
      })
    );
  }

  function go(event) {
    if (event.colDef.field === "line") {
      atlas.showPage("map");
      atlas.reader.open(event.data.plan_id, event.data.start);
    } else {
      atlas.select(event.data.id, true);
      atlas.showTab("feature");
    }
  }

  async function begin() {
    api = null; /* the table of the last time is gone */
    api = await window.dash_ag_grid.getApiAsync("projects-grid");
    if (innerWidth < NARROW_PX) api.setColumnWidths([{ key: "name", newWidth: 150 }]); /* it stands still: leave room for the others */
    api.setGridOption("isExternalFilterPresent", () => atlas.facets.any() || Object.values(wanted).some((value) => value !== "" && value !== null && value !== false));
    api.setGridOption("doesExternalFilterPass", passes);
    api.addEventListener("modelUpdated", count);
    api.addEventListener("sortChanged", noteTable);
    api.addEventListener("filterChanged", noteTable);
    bringBack();
    api.addEventListener("cellClicked", (event) => {
      if (!String(window.getSelection())) go(event);
    });
    api.addEventListener("cellKeyDown", (event) => {
      if (event.event.key === "Enter") go(event);
    });
    document.querySelector("#projects-grid .ag-body").lang = "zh-CN"; /* the rows are the plans' words */
    count();
    atlas.filtered.later();
  }

  new MutationObserver((changes) => {
    if (changes.some((c) => [...c.addedNodes].some((n) => n.nodeType === 1 && (n.id === "projects-page" || n.querySelector("#projects-page"))))) begin();
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("input", function (event) {
    if (event.target.id === "projects-words") {
      words = event.target.value;
      if (api) api.setGridOption("quickFilterText", words);
      atlas.link.changed(false);
    } else if (event.target.dataset.projectsFilter) {
      choose(event.target.dataset.projectsFilter, event.target.value);
    }
  });

  document.addEventListener("click", function (event) {
    const target = event.target.closest("#projects-money, #projects-clear, #projects-csv, .year, [data-projects-group]");
    if (!target || (!api && target.id === "projects-csv")) return;
    if (target.id === "projects-csv") {
      const columnKeys = api.getColumns().map((column) => column.getColId());
      api.exportDataAsCsv({ fileName: "规划项目.csv", columnKeys, processCellCallback: exported });
      return;
    }
    if (target.id === "projects-clear") {
      wanted = start();
      words = "";
      byId("projects-words").value = "";
      if (api) {
        api.setGridOption("quickFilterText", "");
        api.setFilterModel(null);
      }
      atlas.facets.clear();
    } else if (target.id === "projects-money") wanted.money = !wanted.money;
    else if (target.dataset.projectsGroup) {
      const { projectsGroup: group, value } = target.dataset;
      return choose(group, chosenIn(group) === value ? "" : value);
    } else wanted.year = wanted.year === target.dataset.year ? null : target.dataset.year;
    apply();
    atlas.link.changed(true);
  });

  /* The link: words, choices, order and the columns' own filters. The page keeps them while it is closed. */
  const CHOICES = ["kind", "stage"];
  const UNDATED = "none";

  function noteTable() {
    const sorted = api.getColumnState().filter((column) => column.sort).sort((a, b) => a.sortIndex - b.sortIndex);
    order = sorted.map((column) => column.colId + "-" + column.sort).join(",");
    const model = api.getFilterModel();
    columns = Object.keys(model).length ? JSON.stringify(model) : "";
    atlas.link.changed(true);
  }

  function write() {
    const values = { words: words, sort: order, columns: columns, amount: wanted.money ? "1" : "" };
    CHOICES.forEach((name) => (values[name] = wanted[name]));
    values.year = wanted.year === "" ? UNDATED : wanted.year || "";
    return values;
  }

  function restore(values) {
    words = values.words || "";
    order = values.sort || "";
    columns = values.columns || "";
    wanted = start();
    CHOICES.forEach((name) => (wanted[name] = values[name] || ""));
    wanted.year = values.year === UNDATED ? "" : values.year || null;
    wanted.money = values.amount === "1";
    restoreShared(values);
    if (api && byId("projects-page")) bringBack();
  }

  /* Links had the page's own plan and category once. */
  function restoreShared({ plan, category }) {
    atlas.facets.restorePlan(plan, sentence(String(plan)));
    if (!category || atlas.facets.chosen().category) return;
    if (document.querySelector('[data-facet="category"][data-value="' + CSS.escape(category) + '"]')) atlas.facets.choose("category", [category]);
    else leaveOut(category);
  }

  atlas.filtered.page("projects", function () {
    if (!api || !byId("projects-page")) return "";
    if (followed !== filtersNow()) apply();
    const out = new Set();
    api.forEachNode(({ data }) => kept(data) || out.add(data.project));
    api.forEachNode(({ data }) => kept(data) && out.delete(data.project));
    return out.size ? tn("已按筛选隐藏 {n} 个项目", out.size) : "";
  });

  const sentence = (value) => t("「项目」页没有「{value}」", { value: value.slice(0, 40) });
  const leaveOut = (value) => atlas.link.leaveOut(sentence(value));

  function bringBack() {
    CHOICES.forEach(function (name) {
      if (!wanted[name] || [...byId("projects-" + name).options].some((option) => option.value === wanted[name])) return;
      leaveOut(wanted[name]);
      wanted[name] = "";
    });
    if (wanted.year !== null && ![...document.querySelectorAll(".year")].some((bar) => bar.dataset.year === wanted.year)) {
      leaveOut(wanted.year);
      wanted.year = null;
    }
    byId("projects-words").value = words;
    api.setGridOption("quickFilterText", words);
    bringOrder();
    bringColumns();
    apply();
  }

  function bringOrder() {
    const wantedOrder = order ? order.split(",") : [];
    const state = wantedOrder.map(function (one, i) {
      const at = one.lastIndexOf("-");
      return { colId: one.slice(0, Math.max(at, 0)), sort: one.slice(at + 1), sortIndex: i };
    });
    const known = state.filter(({ colId, sort }) => ["asc", "desc"].includes(sort) && api.getColumn(colId));
    if (known.length < state.length) leaveOut(order);
    order = known.map(({ colId, sort }) => colId + "-" + sort).join(",");
    api.applyColumnState({ state: known, defaultState: { sort: null } });
  }

  function bringColumns() {
    let model = null;
    try {
      const said = columns ? JSON.parse(columns) : {};
      const sound = (one) => one && typeof one === "object" && ["text", "number"].includes(one.filterType);
      if (!Object.entries(said).every(([name, one]) => api.getColumn(name) && sound(one))) throw new SyntaxError(columns);
      api.setFilterModel(said);
      model = api.getFilterModel();
    } catch (error) {
      leaveOut(columns);
      api.setFilterModel(null);
      model = {};
    }
    columns = Object.keys(model).length ? JSON.stringify(model) : "";
    window.dash_clientside.set_props("projects-grid", { filterModel: model }); /* or Dash puts back its own, late */
  }

  atlas.link.addPart("projects", { write, restore });

  /* As printed, and never a formula to the program that opens the file. */
  function exported(cell) {
    const field = cell.column.getColId();
    const printed = cell.node.data[field + "_printed"];
    const value = ["floor_area", "area", "length"].includes(field) ? printed : cell.value;
    if (value === undefined || value === null) return "";
    return typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
  }
})(window.planAtlas);
