/* The drawer 「演示」: the user's own list of scenes. Every change can be undone and is kept in this browser at once;
   captions and notes are written as text, never as markup. */
(function (atlas) {
  "use strict";
  const file = atlas.sceneFile;
  const MOST_STEPS = 100;
  const byId = (id) => document.getElementById(id);
  const set = { title: "", scenes: [] };
  const past = []; /* what the list was before each change */
  let chosen = null; /* id of the scene the stage starts from */

  const copy = () => JSON.parse(JSON.stringify(set));
  const at = (id) => set.scenes.findIndex((one) => one.id === id);
  const firstLine = (caption) => caption.split("\n")[0];

  function say(words) {
    byId("scenes-words").textContent = words;
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
    say(words + (keeps ? "" : " 这个浏览器不保存网页的数据：关掉网页前请用「导出」存成文件。"));
    show();
  }

  function undo() {
    if (!past.length) return say("没有可以撤销的。");
    Object.assign(set, past.pop());
    after("已撤销。");
  }

  function replace(loaded, words) {
    change(words, function () {
      Object.assign(set, { title: loaded.title, scenes: loaded.scenes });
      chosen = set.scenes.length ? set.scenes[0].id : null;
    });
  }

  function save() {
    if (set.scenes.length >= file.MOST) return say("最多 " + file.MOST + " 幕，没有存。");
    const heading = document.querySelector(".panel h1");
    const caption = atlas.state.feature && heading ? heading.textContent : "第 " + (set.scenes.length + 1) + " 幕";
    const scene = { id: file.newId(), chapter: "", caption: caption, note: "", link: atlas.link.ofScene() };
    change("已存为第 " + (at(chosen) < 0 ? set.scenes.length + 1 : at(chosen) + 2) + " 幕。", function () {
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
      replace(loaded, "已载入" + choice.selectedOptions[0].textContent + "的 " + loaded.scenes.length + " 幕，可用「撤销」回到原来的列表。");
    } catch (error) {
      say("没有取到现成的场景，请检查服务是否还在运行。");
    }
  }

  function exportFile() {
    if (!set.scenes.length) return say("列表是空的，没有可以导出的。");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.format(set)], { type: "application/json" }));
    link.download = "规划图集-演示场景.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say("已导出 " + set.scenes.length + " 幕。");
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
    if (chosenFile.size > 4e6) return say("这个文件超过 4 MB，不是演示场景，没有读入。");
    try {
      const loaded = file.parse(await chosenFile.text());
      replace(loaded, "已读入 " + loaded.scenes.length + " 幕，可用「撤销」回到原来的列表。");
    } catch (error) {
      say(error instanceof file.SceneFileError ? error.message : "文件没有读出来，请再选一次。");
    }
  }

  function move(id, by) {
    const from = at(id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= set.scenes.length) return;
    change("已移到第 " + (to + 1) + " 位。", () => set.scenes.splice(to, 0, ...set.scenes.splice(from, 1)));
    focus(id, by < 0 ? "up" : "down");
  }

  function remove(id) {
    const from = at(id);
    change("已删除「" + firstLine(set.scenes[from].caption) + "」，可用「撤销」取回。", () => set.scenes.splice(from, 1));
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
    const address = location.origin + "/" + scene.link;
    try {
      await navigator.clipboard.writeText(address);
      say("链接已复制，别人打开就是这个视图。");
    } catch (error) {
      window.prompt("请按 Ctrl+C 复制", address);
    }
  }

  const ACTIONS = {
    go: (scene) => atlas.stage.look(scene),
    start: (scene) => atlas.stage.start(at(scene.id)),
    up: (scene) => move(scene.id, -1),
    down: (scene) => move(scene.id, 1),
    remove: (scene) => remove(scene.id),
    copy: copyLink,
    update: (scene) => change("第 " + (at(scene.id) + 1) + " 幕已改为地图现在的样子。", () => (scene.link = atlas.link.ofScene())),
  };

  /* the list */
  function node(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
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
    head.append(node("span", "scene-number", String(index + 1)), node("span", "scene-name", firstLine(scene.caption) || "（没有标题）"));
    const tools = node("div", "scene-tools");
    tools.append(action("go", "看", "在地图上看这一幕"), action("up", "↑", "上移"), action("down", "↓", "下移"), action("remove", "删", "删除这一幕"));
    tools.children[1].disabled = index === 0;
    tools.children[2].disabled = index === set.scenes.length - 1;
    const more = node("div", "scenes-row");
    more.append(action("start", "从这幕放映", "从这一幕开始放映"), action("update", "换成当前视图", "标题和讲稿不变，视图换成地图现在的样子"), action("copy", "复制链接", "复制这个视图的链接"));
    details.append(head, field(scene, "caption", "标题（第二行起是小字）", 2), field(scene, "note", "讲稿（只在讲者窗口里看到）", 4), more);
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
      if (scene.chapter && scene.chapter !== chapter) nodes.push(node("li", "scene-chapter", scene.chapter));
      chapter = scene.chapter;
      nodes.push(row(scene, index, open));
    });
    if (!nodes.length) nodes.push(node("li", "scenes-empty", "还没有场景：把地图调到要讲的样子，点「保存当前视图」；或载入一个规划现成的一组。"));
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
    start: () => (set.scenes.length ? atlas.stage.start(Math.max(at(chosen), 0)) : say("列表是空的：先存一幕，或载入现成的一组。")),
    presenter: () => say(atlas.stage.presenter() ? "讲者窗口已打开，请把它拖到自己的屏幕上。" : "浏览器拦住了新窗口，请允许本页弹出窗口后再点一次。"),
    save: save,
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
    say(keeps ? "已存。" : "这个浏览器不保存网页的数据：关掉网页前请用「导出」存成文件。");
    event.target.closest("details").querySelector(".scene-name").textContent = firstLine(scene.caption) || "（没有标题）";
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
      say("上次留下的场景读不出来：" + error.message);
    }
  }

  atlas.scenes = { list: () => set.scenes, choose };

  const start = setInterval(function () {
    if (!byId("scenes-list") || !byId("scenes-move")) return;
    clearInterval(start);
    load();
    byId("scenes-move").value = atlas.stage.moveSetting();
  }, 50);
})(window.planAtlas);
