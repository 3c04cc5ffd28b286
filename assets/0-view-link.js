/* The link of a view, written and read as layers/view_link.py does; tests/fixtures/view_links.json holds one to the
   other. A state is a plain object with the fields of the Python ViewState. */
(function (atlas) {
  "use strict";
  const t = atlas.t;
  const VERSION = "2";
  const LONGEST = 8000;
  const SHORT = 2000;
  const FILTERS = ["status", "precision", "projects", "year", "district", "category", "grade"];
  const NAME = /^[A-Za-z0-9_.~-]{1,160}$/;
  const NUMBER = /^-?[0-9]{1,3}(\.[0-9]{1,12})?$/;
  const LONGEST_PART = 2000;
  const UNREADABLE = /[\u0000-\u001f\u007f\ufffd]|\p{Surrogate}/u;

  class WrongPart extends Error {}

  const start = () => ({
    lang: "zh", page: "map", plan: "", level: 1, layers: null, filters: {}, opacity: {}, only: [], feature: "",
    reader: "", place: null, centre: null, box: null, parts: {},
  });

  /* writing */
  const quoted = (text) =>
    encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"))
      .replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase())
      .replaceAll("%2C", ",");
  const sorted = (object) => Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));

  /* The link of a state; fields that are missing are at their default. */
  function encode(fields) {
    const s = Object.assign(start(), fields);
    const said = [
      ["lang", s.lang === "zh" ? "" : s.lang],
      ["page", s.page === "map" ? "" : s.page],
      ["plan", s.plan],
      ["level", s.level === 1 ? "" : String(s.level)],
      ["layers", s.layers === null ? null : s.layers.join(",")],
      ...FILTERS.map((name) => [name, (s.filters[name] || []).join(",")]),
      ["opacity", sorted(s.opacity).map(([category, percent]) => category + "-" + percent).join(",")],
      ["only", s.only.join(",")],
      ["feature", s.feature],
      ["read", s.reader],
      ["at", s.place === null ? "" : String(s.place)],
      ["view", s.centre ? [s.centre[0].toFixed(5), s.centre[1].toFixed(5), s.centre[2].toFixed(2)].join(",") : ""],
      ["box", s.box ? s.box.map((degrees) => degrees.toFixed(5)).join(",") : ""],
      ...sorted(s.parts).flatMap(([page, part]) => sorted(part).map(([name, text]) => [page + "." + name, text])),
    ];
    const kept = said.filter(([name, text]) => text || (name === "layers" && text !== null));
    return "?v=" + VERSION + kept.map(([name, text]) => "&" + name + "=" + quoted(text)).join("");
  }

  /* reading */
  const shown = (text) => "「" + text.replace(new RegExp(UNREADABLE, "gu"), "").slice(0, 24) + "」";
  const wrong = (words) => {
    throw new WrongPart(words);
  };

  function name(text) {
    return NAME.test(text) ? text : wrong(t("写的是{text}，不是名称", { text: shown(text) }));
  }

  const names = (text) => (text ? [...new Set(text.split(",").map(name))] : []);

  function numbers(text, count) {
    const parts = text.split(",");
    if (parts.length !== count || !parts.every((part) => NUMBER.test(part))) wrong(t("写的是{text}，应是 {count} 个用逗号隔开的数", { text: shown(text), count: count }));
    return parts.map(Number);
  }

  const READERS = {
    lang: ["lang", (text) => (["zh", "en"].includes(text) ? text : wrong(t("写的是{text}，只有 zh、en", { text: shown(text) })))],
    page: ["page", name],
    plan: ["plan", name],
    level: ["level", (text) => (/^[1-9]$/.test(text) ? Number(text) : wrong(t("写的是{text}，应是 1 到 9 的整数", { text: shown(text) })))],
    layers: ["layers", names],
    opacity: ["opacity", opacity],
    only: ["only", names],
    feature: ["feature", name],
    read: ["reader", name],
    at: ["place", (text) => (/^[0-9]{1,8}$/.test(text) ? Number(text) : wrong(t("写的是{text}，应是整数", { text: shown(text) })))],
    view: ["centre", centre],
    box: ["box", box],
  };

  function opacity(text) {
    const pairs = text.split(",").map(function (one) {
      const at = one.lastIndexOf("-");
      const percent = one.slice(at + 1);
      if (!/^[1-9][0-9]$/.test(percent)) wrong(t("写的是{text}，应是「图层-百分数」，百分数从 10 到 99", { text: shown(one) }));
      return [name(one.slice(0, Math.max(at, 0))), Number(percent)];
    });
    return Object.fromEntries(pairs);
  }

  function centre(text) {
    const [lat, lon, zoom] = numbers(text, 3);
    const fits = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 24;
    return fits ? [lat, lon, zoom] : wrong(t("写的是{text}，应是「纬度,经度,缩放」", { text: shown(text) }));
  }

  function box(text) {
    const [west, south, east, north] = numbers(text, 4);
    const fits = -180 <= west && west < east && east <= 180 && -90 <= south && south < north && north <= 90;
    return fits ? [west, south, east, north] : wrong(t("写的是{text}，应是「西,南,东,北」的经纬度", { text: shown(text) }));
  }

  function own(text) {
    if (text.length > LONGEST_PART) wrong(t("太长，最多 {most} 个字符", { most: LONGEST_PART }));
    return UNREADABLE.test(text) ? wrong(t("含有读不出来的字符")) : text;
  }

  function put(state, parameter, text) {
    if (Object.hasOwn(READERS, parameter)) {
      const [field, read] = READERS[parameter];
      state[field] = read(text);
    } else if (FILTERS.includes(parameter)) state.filters[parameter] = names(text);
    else {
      const part = /^([a-z]+)\.([a-z]+)$/.exec(parameter) || wrong(t("不认得，没有理会"));
      const value = own(text);
      if (!Object.hasOwn(state.parts, part[1])) state.parts[part[1]] = {};
      state.parts[part[1]][part[2]] = value;
    }
  }

  const NAMES_OF_1 = { st: "status", pr: "precision", pj: "projects", yr: "year", di: "district", op: "opacity", features: "only", bbox: "box" };
  const DOTTED_IN_1 = ["layers", ...FILTERS, "opacity"];

  function fromVersion1(query) {
    return new Map(
      [...query].map(function ([parameter, text]) {
        const now = Object.hasOwn(NAMES_OF_1, parameter) ? NAMES_OF_1[parameter] : parameter;
        return [now, DOTTED_IN_1.includes(now) ? text.replaceAll(".", ",") : text];
      })
    );
  }

  /* {state, problems: [{part, sentence}]}: what cannot be read is left aside and said. */
  function decode(link) {
    const problems = [];
    const problem = (part, sentence) => problems.push({ part, sentence });
    if (link.length > LONGEST) {
      problem("", t("链接太长（{length} 个字符，最多 {most} 个），后面的部分没有恢复", { length: link.length, most: LONGEST }));
      link = link.slice(0, Math.max(link.lastIndexOf("&", LONGEST - 1), 0));
    }
    let query = new Map();
    new URLSearchParams(link.replace(/^\//, "")).forEach(function (text, parameter) {
      if (query.has(parameter)) problem(parameter, t("链接里的 {part} 写了不止一次，只用第一个", { part: shown(parameter) }));
      else query.set(parameter, text);
    });
    const version = query.get("v");
    query.delete("v");
    if (version !== undefined && version !== "1" && version !== VERSION) problem("v", t("链接的版本是 {version}，这里只认得到 {known}，按现在的写法读", { version: version.slice(0, 20), known: VERSION }));
    if (version === "1") query = fromVersion1(query);
    const state = start();
    query.forEach(function (text, parameter) {
      try {
        put(state, parameter, text);
      } catch (error) {
        if (!(error instanceof WrongPart)) throw error;
        problem(parameter, t("链接里的 {part} {why}", { part: shown(parameter), why: error.message }));
      }
    });
    return { state, problems };
  }

  atlas.viewLink = { encode, decode, VERSION, LONGEST, SHORT };
})(window.planAtlas);
