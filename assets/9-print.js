/* Ctrl+P: what paper needs and the screen does not show is made when printing begins and taken away after. The map is laid
   out anew for the page, with the same extent; colours are those of the light theme. Style: assets/print.css. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const byId = (id) => document.getElementById(id);
  let undo = []; /* what brings the screen back */

  function element(tag, className, ...children) {
    const node = document.createElement(tag);
    node.className = className;
    node.append(...children);
    undo.push(() => node.remove());
    return node;
  }

  function head() {
    const { page } = atlas.state;
    const title = document.querySelector(".brand").textContent + " · " + document.querySelector(".nav.on").textContent;
    const strong = document.createElement("strong");
    strong.textContent = title;
    const shown = [...document.querySelectorAll("#filter-chips .filter-chip")].map((chip) => chip.textContent);
    const words = page === "map" || page === "export" ? shown : [];
    return element("div", "print-head", strong, [...words, new Date().toLocaleDateString(document.documentElement.lang)].join(t("；")));
  }

  function foot() {
    const notice = document.createElement("strong");
    notice.textContent = document.querySelector(".notice").textContent;
    const sources = document.querySelector(".leaflet-control-attribution");
    return element("div", "print-foot", notice, document.createElement("br"), ...(sources ? [t("底图与数据来源："), atlas.planWords(sources.textContent.trim())] : []));
  }

  function legend() {
    const { layers, precisions } = atlas.fullLegend();
    const classes = document.createElement("div");
    classes.className = "precisions";
    classes.append(...precisions);
    return element("div", "print-legend", ...layers, classes);
  }

  /* The map has the size of the page while it is printed, at the extent that it shows now. */
  function fitMap() {
    const map = atlas.leaflet;
    const seen = map.getBounds();
    const at = [map.getCenter(), map.getZoom()];
    const { zoomSnap } = map.options;
    const tall = map.getSize().y > map.getSize().x;
    map.stop();
    map.options.zoomSnap = 0;
    document.body.classList.add("printing");
    document.body.classList.toggle("tall", tall);
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(seen, { animate: false });
    atlas.labels.draw();
    undo.push(function () {
      document.body.classList.remove("printing", "tall");
      map.options.zoomSnap = zoomSnap;
      map.invalidateSize({ animate: false, pan: false });
      map.setView(at[0], at[1], { animate: false });
      atlas.labels.later();
    });
  }

  function fitSides() {
    const maps = atlas.sideBySide.maps();
    const fit = (map, seen) => {
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(seen, { animate: false });
    };
    const [first] = maps;
    if (!first || !first.getSize().x) return;
    const seen = first.getBounds();
    document.body.classList.add("printing");
    maps.forEach((map) => fit(map, seen));
    undo.push(function () {
      document.body.classList.remove("printing");
      maps.forEach((map) => fit(map, seen));
    });
  }

  /* The table of projects shows only the rows in sight: on paper all that the filters leave. */
  function table() {
    const api = window.dash_ag_grid && window.dash_ag_grid.getApi("projects-grid");
    if (!api) return null;
    const columns = api.getAllDisplayedColumns();
    const line = (tag, texts) => {
      const row = document.createElement("tr");
      texts.forEach((text) => row.appendChild(document.createElement(tag)).append(text));
      return row;
    };
    const top = document.createElement("thead");
    top.append(line("th", columns.map((column) => api.getDisplayNameForColumn(column, "header"))));
    const body = document.createElement("tbody");
    body.lang = "zh-CN"; /* the rows are the plans' words */
    api.forEachNodeAfterFilterAndSort(function (rowNode) {
      body.append(line("td", columns.map((column) => String(api.getCellValue({ rowNode, colKey: column, useFormatter: true }) ?? ""))));
    });
    const widths = document.createElement("colgroup");
    const all = columns.reduce((sum, column) => sum + column.getActualWidth(), 0);
    columns.forEach((column) => (widths.appendChild(document.createElement("col")).style.width = (100 * column.getActualWidth()) / all + "%"));
    return element("table", "print-table", widths, top, body);
  }

  function theme() {
    const root = document.documentElement;
    const { theme } = root.dataset;
    root.dataset.theme = "light";
    undo.push(() => (root.dataset.theme = theme));
  }

  function begin() {
    if (undo.length || !byId("map-frame")) return;
    const { page, tab } = atlas.state;
    theme();
    document.querySelector(".page").prepend(head());
    if (page === "map" && tab === "reader") {
      document.body.classList.add("printing-text");
      undo.push(() => document.body.classList.remove("printing-text"));
    } else if (page === "map" && atlas.leaflet) {
      fitMap();
      byId("map-frame").after(legend());
    }
    if (page === "crossplan") fitSides();
    const all = page === "projects" ? table() : null;
    if (all) byId("page-body").append(element("p", "print-rows", tn("{n} 行", all.tBodies[0].rows.length)), all);
    const last = page === "map" && tab !== "reader" && document.querySelector(".print-legend");
    if (last) last.after(foot());
    else document.querySelector(".page").append(foot());
  }

  function end() {
    undo.reverse().forEach((act) => act());
    undo = [];
  }

  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);

  /* Printing cannot wait for what is fetched as one scrolls: the drawings of structures come in idle time. */
  const idle = () => new Promise((go) => (window.requestIdleCallback ? requestIdleCallback(go, { timeout: 4000 }) : setTimeout(go, 400)));

  document.addEventListener("atlas-fragment", async function (event) {
    if (event.detail !== "structures-frame") return;
    const frame = byId("structures-frame");
    for (const node of frame ? frame.querySelectorAll("[data-drawing]") : []) {
      await idle();
      if (!node.isConnected) return;
      await atlas.bringDrawing(node);
    }
  });
})(window.planAtlas);
