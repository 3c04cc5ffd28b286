/* What a file of scenes looks like, how a wrong one is refused in words, and where this browser keeps its own. */
(function (atlas) {
  "use strict";
  const t = atlas.t;
  const SCHEMA = "plan-atlas-scenes";
  const VERSION = 1;
  const KEY = "plan-atlas-scenes";
  const MOST = 400;
  const LENGTHS = { id: 300, chapter: 200, caption: 600, note: 8000 };
  const LINK = /^\/?\?v=([0-9]+)(&[a-z._-]+=[A-Za-z0-9._~,*+%-]*)*$/;
  const LINK_VERSIONS = ["1", atlas.viewLink.VERSION];

  class SceneFileError extends Error {}

  /* Text of a file -> {title, scenes}; a SceneFileError says what is wrong with it. */
  function parse(text) {
    let data;
    try {
      data = JSON.parse(text);
    } catch (error) {
      throw new SceneFileError(t("这不是 JSON 文件，没有读入。"));
    }
    if (!data || typeof data !== "object" || data.schema !== SCHEMA) throw new SceneFileError(t("这个文件不是规划图集的演示场景，没有读入。"));
    if (data.version !== VERSION) throw new SceneFileError(t("这个文件的版本是 {version}，这里只认得 {known}，没有读入。", { version: String(data.version).slice(0, 20), known: VERSION }));
    if (!Array.isArray(data.scenes)) throw new SceneFileError(t("这个文件里没有场景列表（scenes），没有读入。"));
    if (data.scenes.length > MOST) throw new SceneFileError(t("这个文件有 {n} 个场景，最多 {most} 个，没有读入。", { n: data.scenes.length, most: MOST }));
    const title = typeof data.title === "string" ? data.title.slice(0, 200) : "";
    return { title: title, scenes: withOwnIds(data.scenes.map(scene)) };
  }

  function scene(item, index) {
    const wrong = (what) => new SceneFileError(t("第 {n} 个场景{what}，文件没有读入。", { n: index + 1, what: what }));
    if (!item || typeof item !== "object" || Array.isArray(item)) throw wrong(t("不是一个对象"));
    Object.entries(LENGTHS).forEach(([name, longest]) => {
      const value = item[name] === undefined ? "" : item[name];
      if (typeof value !== "string") throw wrong(t("的 {name} 不是文字", { name: name }));
      if (value.length > longest) throw wrong(t("的 {name} 太长（最多 {longest} 字）", { name: name, longest: longest }));
    });
    const link = typeof item.link === "string" ? LINK.exec(item.link) : null;
    if (!link || item.link.length > atlas.viewLink.LONGEST) throw wrong(t("的链接不是本图集的视图链接"));
    if (!LINK_VERSIONS.includes(link[1])) throw wrong(t("的链接版本是 {version}，这里只认得 {known}", { version: link[1], known: atlas.viewLink.VERSION }));
    return { id: item.id || "", chapter: item.chapter || "", caption: item.caption || "", note: item.note || "", link: atlas.viewLink.encode(atlas.viewLink.decode(item.link).state) };
  }

  /* Every scene has an id of its own, also when a file gives one twice or none. */
  function withOwnIds(scenes) {
    const seen = new Set();
    return scenes.map(function (one) {
      const id = one.id && !seen.has(one.id) ? one.id : newId();
      seen.add(id);
      return Object.assign({}, one, { id: id });
    });
  }

  const newId = () => "own/" + Date.now().toString(36) + Math.random().toString(36).slice(2, 8);

  const format = (set) => JSON.stringify(Object.assign({ schema: SCHEMA, version: VERSION }, set), null, 1);

  /* Kept between visits; false when this browser does not keep anything. */
  function keep(set) {
    try {
      localStorage.setItem(KEY, format(set));
      return true;
    } catch (error) {
      return false; /* storage is switched off or full */
    }
  }

  /* What was kept, an empty set when nothing was. Raises SceneFileError when what was kept cannot be read. */
  function kept() {
    let text = null;
    try {
      text = localStorage.getItem(KEY);
    } catch (error) {
      /* storage is switched off: nothing was kept */
    }
    return text ? parse(text) : { title: "", scenes: [] };
  }

  atlas.sceneFile = { parse, format, keep, kept, newId, KEY, MOST, SceneFileError };
})(window.planAtlas);
