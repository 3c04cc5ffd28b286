/* The projects page: quick filter, choices, years, totals and export, all on the table's own filtered rows. */
(function (atlas) {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const start = () => ({ plan: "", category: "", kind: "", year: null, money: false });
  let wanted = start();
  let api = null;

  function passes(node) {
    const row = node.data;
    if (wanted.plan && row.plan_id !== wanted.plan) return false;
    if (wanted.category && row.category_id !== wanted.category) return false;
    if (wanted.kind && row.kind !== wanted.kind) return false;
    if (wanted.money && row.investment === undefined) return false;
    if (wanted.year === null) return true;
    return wanted.year === "" ? !row.years : (row.years || "").split("、").includes(wanted.year);
  }

  function apply() {
    api.onFilterChanged();
    document.querySelectorAll("[data-projects-filter]").forEach((s) => (s.value = wanted[s.dataset.projectsFilter]));
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
      (data.years ? data.years.split("、") : [""]).forEach((year) => (years[year] = years[year] || new Set()).add(data.project));
    });
    const all = groups.all || { projects: new Set(), stated: new Set(), amounts: new Map() };
    byId("projects-sentence").textContent =
      all.projects.size + " 个项目（表中 " + rows + " 行），" +
      (all.stated.size ? "其中 " + all.stated.size + " 项写明投资额，合计 " + sum(all) + " 亿元。" : "都没有写明投资额。");
    document.querySelectorAll("[data-total-of]").forEach((line) => {
      const group = groups[line.dataset.totalOf + " " + line.dataset.value];
      const [projects, stated, money] = line.querySelectorAll("td");
      projects.textContent = group ? group.projects.size : 0;
      stated.textContent = group ? group.stated.size : 0;
      money.textContent = group && group.stated.size ? sum(group) : "—";
      line.classList.toggle("none", !group);
      line.classList.toggle("on", wanted[line.dataset.totalOf] === line.dataset.value);
    });
    drawYears(years);
    listAmounts(all);
  }

  function drawYears(years) {
    const bars = [...document.querySelectorAll(".year")];
    const size = (bar) => (years[bar.dataset.year] || new Set()).size;
    const most = Math.max(1, ...bars.filter((bar) => bar.dataset.year).map(size));
    bars.forEach((bar) => {
      const n = size(bar);
      bar.querySelector(".bar-count").textContent = n;
      bar.querySelector(".bar").style.height = (n ? Math.max(3, Math.round((34 * Math.min(n, most)) / most)) : 0) + "px";
    });
  }

  function listAmounts(all) {
    const rows = [...all.amounts.values()].sort((a, b) => b.investment - a.investment);
    byId("projects-amounts").replaceChildren(
      ...rows.map((row) => {
        const item = document.createElement("li");
        const printed = document.createElement("b");
        printed.textContent = row.investment_printed;
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
    api = await window.dash_ag_grid.getApiAsync("projects-grid");
    wanted = start();
    api.setGridOption("isExternalFilterPresent", () => Object.values(wanted).some((value) => value !== "" && value !== null && value !== false));
    api.setGridOption("doesExternalFilterPass", passes);
    api.addEventListener("modelUpdated", count);
    api.addEventListener("cellClicked", (event) => {
      if (!String(window.getSelection())) go(event);
    });
    api.addEventListener("cellKeyDown", (event) => {
      if (event.event.key === "Enter") go(event);
    });
    count();
  }

  new MutationObserver((changes) => {
    if (changes.some((c) => [...c.addedNodes].some((n) => n.nodeType === 1 && (n.id === "projects-page" || n.querySelector("#projects-page"))))) begin();
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("input", function (event) {
    if (event.target.id === "projects-words") api.setGridOption("quickFilterText", event.target.value);
    else if (event.target.dataset.projectsFilter) {
      wanted[event.target.dataset.projectsFilter] = event.target.value;
      apply();
    }
  });

  document.addEventListener("click", function (event) {
    const target = event.target.closest("#projects-money, #projects-clear, #projects-csv, .year, [data-projects-group]");
    if (!target || !api) return;
    if (target.id === "projects-csv") {
      const columnKeys = api.getColumns().map((column) => column.getColId());
      api.exportDataAsCsv({ fileName: "规划项目.csv", columnKeys, processCellCallback: exported });
      return;
    }
    if (target.id === "projects-clear") {
      wanted = start();
      window.dash_clientside.set_props("projects-words", { value: "" });
      api.setGridOption("quickFilterText", "");
      api.setFilterModel(null);
    } else if (target.id === "projects-money") wanted.money = !wanted.money;
    else if (target.dataset.projectsGroup) {
      const { projectsGroup: group, value } = target.dataset;
      wanted[group] = wanted[group] === value ? "" : value;
    } else wanted.year = wanted.year === target.dataset.year ? null : target.dataset.year;
    apply();
  });

  /* As printed, and never a formula to the program that opens the file. */
  function exported(cell) {
    const field = cell.column.getColId();
    const printed = cell.node.data[field + "_printed"];
    const value = ["floor_area", "area", "length"].includes(field) ? printed : cell.value;
    if (value === undefined || value === null) return "";
    return typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
  }
})(window.planAtlas);
