/* The drawer 「演示」: the user's own list of scenes. Every change can be undone and is kept in this browser at once;
   captions and notes are written as text, never as markup. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const file = atlas.sceneFile;
  const MOST_STEPS = 100;
  const byId = (id) => document.getElementById(id);
  const set = { title: "", scenes: [] };
  const past = []; /* what the list was before each change */
  let chosen = null; /* id of the scene the stage starts from */

  const copy = () => JSON.parse(JSON.stringify(set));
  const at = (id) => set.scenes.findIndex((one) => one.id === id);
  const firstLine = (caption) => caption.split("\n")[0];

  function say(...words) {
    byId("scenes-words").replaceChildren(...words);
    if (byId("scenes").hidden) atlas.notice(byId("scenes-words").textContent); /* stored from the panel of a feature */
  }

  /* One change: remembered for 「撤销」, done, kept, shown. */
  function change(words, act) {
    past.push(copy());
    if (past.length > MOST_STEPS) past.shift();
    act();
    after(words);
  }

  function after(words) {
    const keeps = file.keep(set);
    say(...[].concat(words), keeps ? "" : " " + t("这个浏览器不保存网页的数据：关掉网页前请用「导出」存成文件。"));
    show();
  }

  function undo() {
    if (!past.length) return say(t("没有可以撤销的。"));
    Object.assign(set, past.pop());
    after(t("已撤销。"));
  }

  function replace(loaded, words) {
    change(words, function () {
      Object.assign(set, { title: loaded.title, scenes: loaded.scenes });
      chosen = set.scenes.length ? set.scenes[0].id : null;
    });
  }

  function save() {
    if (set.scenes.length >= file.MOST) return say(t("最多 {most} 幕，没有存。", { most: file.MOST }));
    const heading = document.querySelector(".panel h1");
    const caption = atlas.state.feature && heading ? heading.textContent : t("第 {n} 幕", { n: set.scenes.length + 1 });
    const scene = { id: file.newId(), chapter: "", caption: caption, note: "", link: atlas.link.ofScene() };
    change(t("已存为第 {n} 幕。", { n: at(chosen) < 0 ? set.scenes.length + 1 : at(chosen) + 2 }), function () {
      set.scenes.splice(at(chosen) < 0 ? set.scenes.length : at(chosen) + 1, 0, scene);
      chosen = scene.id;
    });
    const box = document.querySelector(".scene.chosen textarea");
    if (box) {
      box.closest("details").open = true;
      box.focus();
      box.select();
    }
  }

  async function ready() {
    const choice = byId("scenes-plan");
    try {
      const answer = await fetch("/scenes/" + encodeURIComponent(choice.value) + ".json");
      if (!answer.ok) throw new Error(answer.status);
      const loaded = file.parse(await answer.text());
      replace(loaded, atlas.phraseN("已载入{plan}的 {n} 幕，可用「撤销」回到原来的列表。", loaded.scenes.length, { plan: atlas.planWords(choice.selectedOptions[0].textContent) }));
    } catch (error) {
      say(t("没有取到现成的场景，请检查服务是否还在运行。"));
    }
  }

  function exportFile() {
    if (!set.scenes.length) return say(t("列表是空的，没有可以导出的。"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.format(set)], { type: "application/json" }));
    link.download = "规划图集-演示场景.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(tn("已导出 {n} 幕。", set.scenes.length));
  }

  function importFile() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json,application/json";
    input.id = "scenes-file";
    input.hidden = true;
    input.addEventListener("change", () => readFile(input.files[0]).finally(() => input.remove()));
    document.body.append(input);
    input.click();
  }

  async function readFile(chosenFile) {
    if (!chosenFile) return;
    if (chosenFile.size > 4e6) return say(t("这个文件超过 4 MB，不是演示场景，没有读入。"));
    try {
      const loaded = file.parse(await chosenFile.text());
      replace(loaded, tn("已读入 {n} 幕，可用「撤销」回到原来的列表。", loaded.scenes.length));
    } catch (error) {
      say(error instanceof file.SceneFileError ? error.message : t("文件没有读出来，请再选一次。"));
    }
  }

  function move(id, by) {
    const from = at(id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= set.scenes.length) return;
    change(t("已移到第 {n} 位。", { n: to + 1 }), () => set.scenes.splice(to, 0, ...set.scenes.splice(from, 1)));
    focus(id, by < 0 ? "up" : "down");
  }

  function remove(id) {
    const from = at(id);
    change(atlas.phrase("已删除「{name}」，可用「撤销」取回。", { name: atlas.planWords(firstLine(set.scenes[from].caption)) }), () => set.scenes.splice(from, 1));
    const next = set.scenes[Math.min(from, set.scenes.length - 1)];
    if (next) focus(next.id, "remove");
    else document.querySelector('[data-scenes="undo"]').focus();
  }

  function focus(id, action) {
    const row = [...document.querySelectorAll(".scene")].find((node) => node.dataset.scene === id);
    const button = row && row.querySelector('[data-scene-action="' + action + '"]');
    if (button) (button.disabled ? row.querySelector("summary") : button).focus();
  }

  async function copyLink(scene) {
    const { address, words } = await atlas.share.address(scene.link);
    if (words) return say(words);
    try {
      await navigator.clipboard.writeText(address);
      say(t("链接已复制，别人打开就是这个视图。"));
    } catch (error) {
      window.prompt(t("请按 Ctrl+C 复制"), address);
    }
  }

  const ACTIONS = {
    go: (scene) => atlas.stage.look(scene),
    start: (scene) => atlas.stage.start(at(scene.id)),
    up: (scene) => move(scene.id, -1),
    down: (scene) => move(scene.id, 1),
    remove: (scene) => remove(scene.id),
    copy: copyLink,
    update: (scene) => change(t("第 {n} 幕已改为地图现在的样子。", { n: at(scene.id) + 1 }), () => (scene.link = atlas.link.ofScene())),
  };

  /* the list */
  function node(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* What is said of a plan is in its words. */
  function inChinese(made) {
    made.lang = "zh-CN";
    return made;
  }

  function action(name, text, title) {
    const button = node("button", "scene-action", text);
    button.dataset.sceneAction = name;
    button.title = title;
    if (text.length === 1) button.setAttribute("aria-label", title);
    return button;
  }

  function field(scene, name, label, rows) {
    const frame = node("label", "scene-field", label);
    const box = node("textarea");
    box.value = scene[name];
    box.lang = "zh-CN"; /* about a plan, in its words */
    box.rows = rows;
    box.maxLength = name === "caption" ? 600 : 8000;
    box.dataset.sceneField = name;
    frame.append(box);
    return frame;
  }

  function row(scene, index, open) {
    const item = node("li", "scene");
    item.dataset.scene = scene.id;
    const details = node("details");
    details.open = open.has(scene.id);
    const head = node("summary");
    head.append(node("span", "scene-number", String(index + 1)), scene.caption ? inChinese(node("span", "scene-name", firstLine(scene.caption))) : node("span", "scene-name", t("（没有标题）")));
    const tools = node("div", "scene-tools");
    tools.append(action("go", t("看"), t("在地图上看这一幕")), action("up", "↑", t("上移")), action("down", "↓", t("下移")), action("remove", t("删"), t("删除这一幕")));
    tools.children[1].disabled = index === 0;
    tools.children[2].disabled = index === set.scenes.length - 1;
    const more = node("div", "scenes-row");
    more.append(action("start", t("从这幕放映"), t("从这一幕开始放映")), action("update", t("换成当前视图"), t("标题和讲稿不变，视图换成地图现在的样子")), action("copy", t("复制链接"), t("复制这个视图的链接")));
    details.append(head, field(scene, "caption", t("标题（第二行起是小字）"), 2), field(scene, "note", t("讲稿（只在讲者窗口里看到）"), 4), more);
    item.append(details, tools);
    return item;
  }

  function show() {
    const list = byId("scenes-list");
    const open = new Set([...list.querySelectorAll("details[open]")].map((details) => details.closest(".scene").dataset.scene));
    if (at(chosen) < 0) chosen = set.scenes.length ? set.scenes[0].id : null;
    const nodes = [];
    let chapter = "";
    set.scenes.forEach(function (scene, index) {
      if (scene.chapter && scene.chapter !== chapter) nodes.push(inChinese(node("li", "scene-chapter", scene.chapter)));
      chapter = scene.chapter;
      nodes.push(row(scene, index, open));
    });
    if (!nodes.length) nodes.push(node("li", "scenes-empty", t("还没有场景：把地图调到要讲的样子，点「保存当前视图」；或载入一个规划现成的一组。")));
    list.replaceChildren(...nodes);
    markChosen();
    document.querySelector('[data-scenes="undo"]').disabled = !past.length;
    document.dispatchEvent(new CustomEvent("atlas-scenes"));
  }

  function markChosen() {
    document.querySelectorAll(".scene").forEach((item) => item.classList.toggle("chosen", item.dataset.scene === chosen));
  }

  function choose(id) {
    chosen = id;
    markChosen();
  }

  function toggle(open) {
    byId("scenes").hidden = !open;
    document.body.classList.toggle("with-scenes", open);
    byId("scenes-button").setAttribute("aria-expanded", open);
    (open ? document.querySelector('[data-scenes="save"]') : byId("scenes-button")).focus();
  }

  const COMMANDS = {
    close: () => toggle(false),
    start: () => (set.scenes.length ? atlas.stage.start(Math.max(at(chosen), 0)) : say(t("列表是空的：先存一幕，或载入现成的一组。"))),
    presenter: () => say(atlas.stage.presenter() ? t("讲者窗口已打开，请把它拖到自己的屏幕上。") : t("浏览器拦住了新窗口，请允许本页弹出窗口后再点一次。")),
    save: save,
    add: save, /* from the panel of a feature */
    undo: undo,
    ready: ready,
    import: importFile,
    export: exportFile,
  };

  document.addEventListener("click", function (event) {
    const button = event.target.closest("#scenes-button, [data-scenes], [data-scene-action], .scene");
    if (!button) return;
    if (button.id === "scenes-button") return toggle(byId("scenes").hidden);
    if (button.dataset.scenes) return COMMANDS[button.dataset.scenes]();
    const scene = set.scenes[at(button.closest(".scene").dataset.scene)];
    if (!scene) return;
    choose(scene.id);
    if (button.dataset.sceneAction) ACTIONS[button.dataset.sceneAction](scene);
  });

  document.addEventListener("change", function (event) {
    if (event.target.id === "scenes-move") return atlas.stage.setMove(event.target.value);
    const name = event.target.dataset && event.target.dataset.sceneField;
    if (!name) return;
    const scene = set.scenes[at(event.target.closest(".scene").dataset.scene)];
    past.push(copy());
    scene[name] = event.target.value;
    const keeps = file.keep(set);
    say(keeps ? t("已存。") : t("这个浏览器不保存网页的数据：关掉网页前请用「导出」存成文件。"));
    event.target.closest("details").querySelector(".scene-name").textContent = firstLine(scene.caption) || t("（没有标题）");
    document.querySelector('[data-scenes="undo"]').disabled = false;
    document.dispatchEvent(new CustomEvent("atlas-scenes"));
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && event.target.closest && event.target.closest("#scenes")) toggle(false);
  });

  /* Another window of this browser changed the list. */
  window.addEventListener("storage", (event) => event.key === file.KEY && byId("scenes-list") && load());

  function load() {
    try {
      Object.assign(set, file.kept());
      show();
    } catch (error) {
      show();
      say(t("上次留下的场景读不出来：{why}", { why: error.message }));
    }
  }

  atlas.scenes = { list: () => set.scenes, file: () => file.format(set), choose };

  const start = setInterval(function () {
    if (!byId("scenes-list") || !byId("scenes-move")) return;
    clearInterval(start);
    load();
    byId("scenes-move").value = atlas.stage.moveSetting();
  }, 50);
})(window.planAtlas);
