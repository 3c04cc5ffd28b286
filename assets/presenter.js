/* The presenter's window: what is on the stage, the note, what comes next, the time. It follows the page that shows
   the scenes, and can drive it. Everything is written as text. */
(function () {
  "use strict";
  const t = window.planAtlas.t;
  const byId = (id) => document.getElementById(id);
  const channel = window.BroadcastChannel ? new BroadcastChannel("plan-atlas-stage") : null;
  let began = 0;

  function put(id, text) {
    byId(id).textContent = text;
  }

  /* What a scene says is about a plan, in its words; what the window says is in its language. */
  function putWords(id, words, instead) {
    byId(id).lang = words ? "zh-CN" : document.documentElement.lang;
    put(id, words || instead);
  }

  function lines(caption) {
    const [title, ...second] = (caption || "").split("\n");
    return [title, second.join(" ")];
  }

  function show(said) {
    if (!said.on || !said.now) {
      began = 0;
      put("place", "—");
      put("chapter", "");
      putWords("caption", "", t("放映还没有开始"));
      putWords("second", "", t("在地图页点「演示」，再点「开始放映」，这里就会跟着走。"));
      put("note", "");
      putWords("next", said.now ? lines(said.now.caption)[0] : "", "—");
      picture(said.now);
      return put("next-second", "");
    }
    if (said.began > began) began = said.began;
    const [title, second] = lines(said.now.caption);
    put("place", said.index + 1 + " / " + said.count);
    put("chapter", said.now.chapter);
    putWords("caption", title, t("（没有标题）"));
    putWords("second", second, "");
    putWords("note", said.now.note, t("（没有讲稿）"));
    byId("note").scrollTop = 0;
    const [next, nextSecond] = said.next ? lines(said.next.caption) : ["", ""];
    putWords("next", next, said.next ? t("（没有标题）") : t("这是最后一幕"));
    putWords("next-second", nextSecond, "");
    picture(said.next);
    if (said.afterNext) new Image().src = pictureOf(said.afterNext); /* there when its turn comes */
  }

  const pictureOf = (scene) => "/scene.png?link=" + encodeURIComponent(scene.link);

  /* What comes next as a map, drawn by the server; a scene it cannot draw has its words only. */
  function picture(scene) {
    const image = byId("next-picture");
    const url = scene ? pictureOf(scene) : "";
    if (image.dataset.of === url) return;
    image.dataset.of = url;
    image.hidden = true;
    if (url) image.src = url;
  }

  byId("next-picture").addEventListener("load", (event) => (event.target.hidden = !event.target.dataset.of));

  function tick() {
    put("clock", new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false, hour: "2-digit", minute: "2-digit" }));
    const seconds = began ? Math.floor((Date.now() - began) / 1000) : 0;
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    put("elapsed", (hours ? hours + ":" + two(Math.floor(seconds / 60) % 60) : Math.floor(seconds / 60)) + ":" + two(seconds % 60));
  }

  const send = (message) => channel && channel.postMessage(message);
  const by = (steps) => send({ type: "go", by: steps });
  const KEYS = {
    ArrowRight: () => by(1), ArrowDown: () => by(1), PageDown: () => by(1), " ": () => by(1), ArrowLeft: () => by(-1), ArrowUp: () => by(-1), PageUp: () => by(-1),
    Home: () => send({ type: "to", to: "start" }), End: () => send({ type: "to", to: "end" }),
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.tagName === "BUTTON" && event.key === " ") return;
    if (!KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  byId("back").addEventListener("click", () => by(-1));
  byId("forward").addEventListener("click", () => by(1));
  byId("restart").addEventListener("click", function () {
    began = Date.now();
    tick();
  });

  if (channel) {
    channel.onmessage = (event) => event.data && event.data.type === "state" && show(event.data);
    send({ type: "hello" });
  } else put("lost", t("这个浏览器太旧，讲者窗口不能跟着放映走。"));
  tick();
  setInterval(tick, 500);
})();
