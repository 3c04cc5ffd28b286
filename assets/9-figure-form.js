/* The form of a figure on the export page. `draft` holds a layout as layers/render/layout_spec.py describes it, filled up
   with its defaults; beside it, how its extent is said. Every change of a field changes the draft, and the preview follows;
   one preview is drawn at a time, the last draft always. The server alone says what is wrong with a layout. */
(function (atlas) {
  "use strict";
  const { t } = atlas;
  const { ask, make, say, save, reason, Refusal } = atlas.exporting;
  const AFTER_MS = 350;
  const SHARPNESS = 1.5; /* dots of the preview for one of the screen, at most */
  const NUMBERS = ["dpi", "width_px", "height_px", "scale", "enlarge"];
  const CONTENT = ["plan", "filters", "opacity", "bbox", "features", "scale", "centre", "layers", "title", "subtitle", "notes", "review_number"]; /* a preset leaves them */
  const FLAGS = ["legend", "scale_bar", "north_arrow", "locator", "labels", "graticule", "structures", "project_table", "quotes"];
  const byId = (id) => document.getElementById(id);
  const all = (selector) => [...(byId("figure-form") || document.createElement("div")).querySelectorAll(selector)];
  let known = null; /* {defaults, presets} */
  let draft = null;
  let extent = "plan";
  let others = false; /* what is not chosen is drawn too */
  let chosen = null; /* {id, name, features, bbox} of the map's choice */

  /* The layout that the form stands for: what is at its default is left out. */
  function layout() {
    const said = Object.assign({}, draft);
    const own = { plan: [], view: ["bbox"], selection: others ? ["bbox"] : ["features"], box: ["bbox"], centre: ["centre"], features: ["features"] }[extent];
    ["bbox", "features", "centre"].filter((name) => !own.includes(name)).forEach((name) => (said[name] = null));
    if (said.paper !== "pixels") said.width_px = said.height_px = null;
    const same = (name) => JSON.stringify(said[name]) === JSON.stringify(known.defaults[name]);
    return Object.fromEntries(Object.entries(said).filter(([name]) => name === "version" || !same(name)));
  }

  /* What a field says, as the layout wants it; what is no number is handed on, and the server says so. */
  function value(name, text) {
    const written = text.trim();
    const numbers = (parts) => parts.map((part) => (part.trim() && Number.isFinite(Number(part)) ? Number(part) : part.trim()));
    if (name === "notes") return text;
    if (!written) return known.defaults[name];
    if (name === "scale") return numbers([written.replace(/^1\s*[:：]\s*/, "").replace(/[\s,，]/g, "")])[0];
    if (NUMBERS.includes(name)) return numbers([written])[0];
    if (name === "bbox" || name === "centre") return numbers(written.split(/[,，]/));
    if (name === "opacity") return percents(written);
    if (name === "features") return written.split(/[,，\s]+/).filter(Boolean);
    return written;
  }

  /* "axis-50,belt-80" as in a link -> percents by layer; what has no number is handed on, and the server says so. */
  function percents(written) {
    const parts = written.split(/[,，\s]+/).filter(Boolean).map((part) => part.match(/^(.*?)(?:[-:：=]([0-9]+)%?)?$/));
    return Object.fromEntries(parts.map(([, layer, percent]) => [layer, percent ? Number(percent) : layer]));
  }

  function text(held) {
    if (held === null || held === undefined) return "";
    if (Array.isArray(held)) return held.join(",");
    return typeof held === "object" ? Object.entries(held).map((pair) => pair.join("-")).join(",") : String(held);
  }

  /* the form shows the draft */
  function show() {
    all("[data-field]").forEach(function (field) {
      const name = field.dataset.field;
      const atDefault = NUMBERS.includes(name) && name !== "dpi" && draft[name] === null;
      field.value = atDefault ? "" : text(draft[name]);
      if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = text(known.defaults[name]);
    });
    all('[data-start="extent"]').forEach((field) => (field.value = extent));
    all("[data-toggle]").forEach((button) => press(button, isOn(button.dataset)));
    all("[data-of]").forEach((row) => (row.hidden = ![extent, draft.paper === "pixels" ? "pixels" : "paper"].includes(row.dataset.of)));
    byId("figure-extent").replaceChildren(...extentWords());
  }

  function press(button, on) {
    button.setAttribute("aria-pressed", on);
    button.classList.toggle("on", on);
  }

  function isOn({ toggle, value }) {
    if (toggle === "others") return others;
    if (toggle === "flag") return draft[value];
    if (toggle === "levels") return draft.levels.includes(Number(value));
    return (draft.layers || known.shown).includes(value);
  }

  function extentWords() {
    if (extent === "selection") return chosen ? atlas.phraseN("「{name}」：{n} 个落了图的要素", chosen.features.length, { name: atlas.planWords(chosen.name) }) : [t("地图上还没有选要素：先点选一个，再回到这里。")];
    if (extent === "view") return [draft.bbox ? t("西 {west}，南 {south}，东 {east}，北 {north}", ["west", "south", "east", "north"].reduce((said, side, i) => Object.assign(said, { [side]: draft.bbox[i].toFixed(3) }), {})) : t("地图还没有打开过。")];
    return extent === "plan" ? [t("规划的辖区；各规划一起时是全市。")] : [];
  }

  /* the map's own state */
  function view() {
    const map = atlas.leaflet;
    if (!map || !map.getSize().x) return null;
    const seen = map.getBounds();
    return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()].map((degrees) => Number(degrees.toFixed(5)));
  }

  let lastView = null; /* the map has no size while another page is open */

  async function takeExtent(name) {
    extent = name;
    if (name === "view") draft.bbox = lastView || view();
    if (name === "selection") await takeSelection();
    if (name === "box" && !draft.bbox) draft.bbox = lastView || view();
    if (name === "centre" && !draft.centre && lastView) draft.centre = [(lastView[0] + lastView[2]) / 2, (lastView[1] + lastView[3]) / 2].map((degrees) => Number(degrees.toFixed(5)));
    if (name === "centre" && !draft.scale) draft.scale = 100000;
  }

  /* The chosen feature with its members, else what the map shows alone. */
  async function takeSelection() {
    const { feature, only } = atlas.state;
    const of = (id) => ask("/selection/" + encodeURIComponent(id)).then((answer) => answer.json());
    try {
      if (feature) chosen = await of(feature);
      else if (only) chosen = together(await Promise.all(only.map((id) => of(id).catch(() => null))), only);
      else chosen = null;
    } catch (error) {
      chosen = null;
      say(error instanceof Refusal ? error.message : reason(error));
    }
    if (chosen) Object.assign(draft, { features: chosen.features, bbox: chosen.bbox });
  }

  function together(found, only) {
    const placed = found.filter(Boolean);
    if (!placed.length) return null;
    const side = (i, pick) => pick(...placed.map((one) => one.bbox[i]));
    return { name: placed[0].name, features: only.filter((id) => placed.some((one) => one.features.includes(id))), bbox: [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)] };
  }

  /* Plan, level, layers and extent as the map has them now. */
  async function takeMap() {
    const { level, feature, only } = atlas.state;
    const shown = [...document.querySelectorAll('[class*="leaflet-layer-"]')].filter((pane) => pane.style.display !== "none");
    followFilters();
    draft.levels = [1, 2, 3].filter((n) => n <= Number(level));
    draft.opacity = Object.assign({}, atlas.rowTools.opacity());
    setLayers(shown.map((pane) => pane.className.match(/leaflet-layer-(.+)-pane/)[1]));
    await takeExtent(feature || only ? "selection" : "view");
    if (extent === "selection" && !chosen) await takeExtent("view");
  }

  /* The page's own filters, as its chips show them. */
  const followFilters = () => Object.assign(draft, { plan: atlas.state.plan || null, filters: atlas.facets.chosen() });

  function setLayers(categories) {
    const order = all('[data-toggle="layers"]').map((button) => button.dataset.value);
    const sorted = order.filter((category) => categories.includes(category));
    draft.layers = JSON.stringify(sorted) === JSON.stringify(order.filter((category) => known.shown.includes(category))) ? null : sorted;
  }

  /* a change */
  function toggle({ toggle, value }) {
    if (toggle === "others") others = !others;
    else if (toggle === "flag") draft[value] = !draft[value];
    else if (toggle === "levels") draft.levels = flipped(draft.levels, Number(value)).sort();
    else setLayers(flipped(draft.layers || known.shown, value));
  }

  const flipped = (list, one) => (list.includes(one) ? list.filter((other) => other !== one) : [...list, one]);

  function usePreset(name) {
    const preset = known.presets.find((one) => one.name === name);
    if (!preset) return;
    const kept = Object.fromEntries(CONTENT.map((key) => [key, draft[key]]));
    draft = Object.assign({}, known.defaults, kept, preset.values);
  }

  async function change(act) {
    await act();
    show();
    preview();
  }

  /* the preview: one at a time */
  let waiting = null;
  let drawing = false;
  let again = false;

  function preview() {
    clearTimeout(waiting);
    waiting = setTimeout(draw, AFTER_MS);
  }

  const send = (url, signal) => ask(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(layout()), signal });

  async function draw() {
    if (drawing) {
      again = true;
      return check();
    }
    if (!byId("figure-form") || atlas.exporting.busy()) return;
    drawing = true;
    const image = byId("export-image");
    image.classList.add("stale");
    say(t("正在画预览……"));
    const longest = Math.max(400, Math.min(2400, Math.round(Math.max(image.parentElement.clientWidth, image.parentElement.clientHeight) * Math.min(SHARPNESS, window.devicePixelRatio + 0.5))));
    try {
      const answer = await send("/preview?longest=" + longest);
      const url = URL.createObjectURL(await answer.blob());
      image.onload = () => URL.revokeObjectURL(url);
      image.src = url;
      image.classList.remove("stale");
      if (!again) problems([]);
      if (!atlas.exporting.busy()) say(t("预览。下载的图件按所选分辨率另做。"));
    } catch (error) {
      problems(error instanceof Refusal ? error.sentences : []);
      if (!atlas.exporting.busy()) say(error instanceof Refusal ? t("版式有问题，预览还是上一次的。") : reason(error));
    }
    drawing = false;
    if (!again) return;
    again = false;
    draw();
  }

  /* While a former draft is still being drawn, what is wrong with this one is told at once. */
  async function check() {
    try {
      await send("/layout");
      problems([]);
    } catch (error) {
      if (error instanceof Refusal) problems(error.sentences);
    }
  }

  function problems(sentences) {
    const list = byId("figure-problems");
    if (!list) return;
    list.replaceChildren(...sentences.map(function (sentence) {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }));
  }

  async function makeFile(kind) {
    const refused = await make(kind.toUpperCase(), (signal) => atlas.jobs.job("/figures?format=" + kind, JSON.stringify(layout()), signal));
    problems(refused ? refused.sentences : []);
  }

  /* files of layouts */
  async function saveFile() {
    try {
      const { text } = await (await send("/layout")).json();
      save(new Blob([text + "\n"], { type: "application/json" }), "规划图集-版式.json");
      problems([]);
      say(t("版式已存成文件。"));
    } catch (error) {
      problems(error instanceof Refusal ? error.sentences : []);
      say(error instanceof Refusal ? t("版式有问题，没有存。") : reason(error));
    }
  }

  function chooseFile() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json,application/json";
    input.hidden = true;
    input.addEventListener("change", () => readFile(input.files[0]).finally(() => input.remove()));
    document.body.append(input);
    input.click();
  }

  async function readFile(file) {
    if (!file) return;
    try {
      const answer = await ask("/layout", { method: "POST", headers: { "Content-Type": "application/json" }, body: file });
      const loaded = (await answer.json()).layout;
      await change(function () {
        draft = loaded;
        atlas.facets.restore(loaded.filters);
        others = false;
        extent = loaded.features ? "features" : loaded.bbox ? "box" : loaded.centre ? "centre" : "plan";
        all('[data-start="preset"]').forEach((field) => (field.value = ""));
        problems([]);
      });
      say(t("已载入版式文件。"));
    } catch (error) {
      problems(error instanceof Refusal ? error.sentences : []);
      say(error instanceof Refusal ? t("版式文件有问题，没有载入，表单没有变。") : reason(error));
    }
  }

  const COMMANDS = { load: chooseFile, save: saveFile, map: () => change(takeMap) };

  document.addEventListener("change", function (event) {
    const field = event.target.closest("#figure-form :is([data-field], [data-start])");
    if (!field || !draft) return;
    const { field: name, start } = field.dataset;
    if (name && JSON.stringify(value(name, field.value)) === JSON.stringify(draft[name])) return; /* said while it was typed */
    change(start === "preset" ? () => usePreset(field.value) : start === "extent" ? () => takeExtent(field.value) : () => (draft[name] = value(name, field.value)));
  });

  document.addEventListener("input", function (event) {
    const field = event.target.closest("#figure-form textarea[data-field]");
    if (!field || !draft) return;
    draft[field.dataset.field] = value(field.dataset.field, field.value);
    preview();
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("#figure-form button");
    if (!button || !draft) return;
    const { layout: command, figure, toggle: toggled } = button.dataset;
    if (command) COMMANDS[command]();
    else if (figure) makeFile(figure);
    else if (toggled) change(() => toggle(button.dataset));
  });

  /* The page is laid out whenever it is opened: the draft lasts as long as the window. */
  async function begin(form) {
    try {
      if (!known) known = Object.assign(await (await ask("/layouts.json")).json(), { shown: JSON.parse(form.dataset.shown) });
    } catch (error) {
      return say(error instanceof Refusal ? error.message : reason(error));
    }
    if (!byId("figure-form")) return;
    lastView = view() || lastView;
    const field = all('[data-start="preset"]')[0];
    known.presets.forEach((preset) => field.append(new Option(preset.label, preset.name)));
    if (!draft) draft = Object.assign({}, known.defaults, { plan: atlas.state.plan || null, filters: atlas.facets.chosen(), opacity: Object.assign({}, atlas.rowTools.opacity()) });
    draft.filters = atlas.facets.chosen();
    if (["view", "selection"].includes(extent)) await takeExtent(extent);
    document.querySelectorAll('#book-form [data-field="plan"], #data-form [data-field="plan"]').forEach((choice) => (choice.value = atlas.state.plan || choice.options[0].value));
    show();
    draw();
  }

  document.addEventListener("atlas-change", function ({ detail }) {
    if (detail === "page") lastView = view() || lastView;
    if (["plan", "facet"].includes(detail) && draft && byId("figure-form")) change(followFilters);
  });

  new MutationObserver(function () {
    const form = byId("figure-form");
    if (!form || form.dataset.begun) return;
    form.dataset.begun = "1";
    begin(form);
  }).observe(document.documentElement, { childList: true, subtree: true });
})(window.planAtlas);
