/* Showing the scenes: nothing on the screen but the map and the caption; keys, full screen, the spot of light, the QR
   code. What the presenter's window (assets/presenter.js) needs goes over a BroadcastChannel. */
(function (atlas) {
  "use strict";
  const t = atlas.t;
  const MOVE_KEY = "plan-atlas-scene-move";
  const FLIGHT_S = 1.4;
  const AFTER_MOVE_MS = 1600;
  const MOST_SHOWN = 72; /* characters of an address */
  const JUMP_AFTER_MS = 1000;
  const ABOVE_CAPTION = 0.24; /* of the height, kept free whatever the caption, so that the camera stays from scene to scene */
  const byId = (id) => document.getElementById(id);
  const channel = window.BroadcastChannel ? new BroadcastChannel("plan-atlas-stage") : null;
  let on = false;
  let index = 0;
  let began = 0;
  let snap = null; /* the map's own steps of zoom, while the stage has none */
  let box = null; /* where the camera is, as corners */
  let leavingFullScreen = false; /* by key F: the stage stays */
  let move = "fly";
  try {
    move = localStorage.getItem(MOVE_KEY) === "cut" ? "cut" : "fly";
  } catch (error) {
    /* storage is switched off */
  }

  function setMove(name) {
    move = name;
    try {
      localStorage.setItem(MOVE_KEY, name);
    } catch (error) {
      /* then it lasts until the page is closed */
    }
  }

  /* the camera */
  const calm = () => move === "cut" || window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function camera(corners, jump) {
    const map = atlas.leaflet;
    const room = on ? { paddingTopLeft: [28, 28], paddingBottomRight: [28, Math.round(map.getSize().y * ABOVE_CAPTION)] } : {};
    const same = box && JSON.stringify(box) === JSON.stringify(corners);
    box = corners;
    if (same && !jump) return;
    map.stop();
    if (jump || calm()) map.fitBounds(corners, Object.assign({ animate: false }, room));
    else map.flyToBounds(corners, Object.assign({ duration: FLIGHT_S }, room));
  }

  function refit() {
    if (!on) return;
    atlas.leaflet.invalidateSize({ animate: false });
    if (box) camera(box, true);
  }

  /* A scene on the ordinary page. */
  function look(scene) {
    box = null;
    atlas.link.restore(scene.link, (corners) => camera(corners, false));
  }

  /* the stage */
  function start(at) {
    const scenes = atlas.scenes.list();
    if (!scenes.length) return;
    on = true;
    began = Date.now();
    document.body.classList.add("staging");
    byId("stage").hidden = false;
    box = null;
    snap = snap || atlas.leaflet.options.zoomSnap;
    atlas.leaflet.options.zoomSnap = 0; /* the box fills the screen exactly */
    atlas.leaflet.off("moveend", legend).on("moveend", legend);
    document.activeElement.blur();
    fullScreen(true);
    atlas.leaflet.invalidateSize({ animate: false });
    go(at, true);
  }

  const legend = () => on && atlas.stageLegend();

  function leave() {
    if (!on) return;
    on = false;
    document.body.classList.remove("staging", "resting");
    ["stage", "stage-keys", "stage-qr", "stage-jump"].forEach((id) => (byId(id).hidden = true));
    fullScreen(false);
    atlas.leaflet.stop();
    atlas.leaflet.options.zoomSnap = snap;
    setTimeout(() => atlas.leaflet.invalidateSize({ animate: false }), 0);
    const start = document.querySelector('[data-scenes="start"]');
    if (start) start.focus();
    tell();
  }

  function go(to, jump) {
    const scenes = atlas.scenes.list();
    if (!scenes.length) return leave();
    index = Math.min(Math.max(to, 0), scenes.length - 1);
    const scene = scenes[index];
    atlas.link.restore(scene.link, (corners) => camera(corners, jump));
    const [title, ...second] = scene.caption.split("\n");
    byId("stage-caption").textContent = title;
    byId("stage-second").textContent = second.join(" ");
    byId("stage-third").hidden = !scene.caption.trim();
    byId("stage-count").textContent = index + 1 + " / " + scenes.length;
    atlas.scenes.choose(scene.id);
    if (!byId("stage-qr").hidden) showQr();
    setTimeout(legend, 150);
    clearTimeout(preloading);
    preloading = setTimeout(() => preload(scenes[index + 1]), AFTER_MOVE_MS);
    tell();
  }

  /* Shapes and names of every scene are in the page already; what a scene still asks the server for is the panel of what
     it chooses, which the browser now keeps. The presenter's window asks for the pictures. */
  let preloading = null;

  function preload(scene) {
    if (!on || !scene) return;
    const { feature } = atlas.viewLink.decode(scene.link).state;
    if (feature) fetch("/panel/" + encodeURIComponent(feature)).catch(() => null); /* then it is asked for when it is shown */
  }

  /* full screen, where the browser allows it; without it the stage fills the window */
  async function fullScreen(wanted) {
    try {
      if (wanted && !document.fullscreenElement) await document.documentElement.requestFullscreen();
      if (!wanted && document.fullscreenElement) await document.exitFullscreen();
    } catch (error) {
      /* the stage fills the window instead; F11 does the rest */
    }
  }

  document.addEventListener("fullscreenchange", function () {
    if (!document.fullscreenElement && on && !leavingFullScreen) leave();
    leavingFullScreen = false;
    setTimeout(refit, 60);
  });
  window.addEventListener("resize", () => setTimeout(refit, 60));

  function toggleFullScreen() {
    leavingFullScreen = Boolean(document.fullscreenElement);
    fullScreen(!document.fullscreenElement);
  }

  /* keys */
  let digits = "";
  let jumping = null;

  function digit(key) {
    digits = (digits + key).slice(-3);
    byId("stage-jump").textContent = t("第 {n} 幕", { n: digits });
    byId("stage-jump").hidden = false;
    clearTimeout(jumping);
    jumping = setTimeout(jump, atlas.scenes.list().length < 10 ? 0 : JUMP_AFTER_MS);
  }

  function jump() {
    clearTimeout(jumping);
    if (digits) go(Number(digits) - 1);
    digits = "";
    byId("stage-jump").hidden = true;
  }

  const forward = () => go(index + 1);
  const back = () => go(index - 1);
  function toggleKeys() {
    byId("stage-keys").hidden = !byId("stage-keys").hidden;
    byId("stage-qr").hidden = true;
  }
  const KEYS = {
    ArrowRight: forward, ArrowDown: forward, PageDown: forward, " ": forward, ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
    Home: () => go(0), End: () => go(Infinity), Escape: leave, Enter: () => (digits ? jump() : forward()),
    f: toggleFullScreen, p: toggleSpot, q: toggleQr, s: presenter, h: toggleKeys, "?": toggleKeys,
  };

  document.addEventListener(
    "keydown",
    function (event) {
      if (!on || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target.closest && event.target.closest(".stage-bar") && [" ", "Enter"].includes(event.key)) return;
      const act = /^[0-9]$/.test(event.key) ? () => digit(event.key) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    },
    true
  );

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-stage]");
    if (button) ({ back: back, forward: forward, keys: toggleKeys, leave: leave })[button.dataset.stage]();
  });

  /* The spot follows the mouse; a mouse at rest is hidden with the bar. */
  let resting = null;
  document.addEventListener("mousemove", function (event) {
    if (!on) return;
    document.body.classList.remove("resting");
    clearTimeout(resting);
    resting = setTimeout(() => document.body.classList.add("resting"), 2500);
    byId("stage-spot").style.transform = "translate(" + event.clientX + "px," + event.clientY + "px)";
  });

  function toggleSpot() {
    byId("stage-spot").hidden = !byId("stage-spot").hidden;
  }

  function toggleQr() {
    byId("stage-qr").hidden = !byId("stage-qr").hidden;
    byId("stage-keys").hidden = true;
    if (!byId("stage-qr").hidden) showQr();
  }

  function showQr() {
    const scene = atlas.scenes.list()[index];
    const shown = byId("stage-qr-link");
    shown.textContent = location.origin;
    shown.removeAttribute("href");
    byId("stage-qr-image").removeAttribute("src"); /* the server knows a long link once it is kept */
    atlas.share.address(scene.link).then(function (made) {
      if (atlas.scenes.list()[index] !== scene || !made.address) return; /* another scene by now */
      byId("stage-qr-image").src = "/qr.svg?link=" + encodeURIComponent(scene.link);
      shown.href = made.address;
      shown.textContent = made.address.length > MOST_SHOWN ? made.address.slice(0, MOST_SHOWN) + "…" : made.address;
    });
    const here = /^(localhost|127\..*|\[::1\])$/.test(location.hostname);
    byId("stage-qr-words").textContent = here ? t("现在的地址只有这台电脑能打开。要让手机扫码：用 --host 0.0.0.0 启动，再从本机的网络地址打开本页。") : t("手机扫码，打开同一个视图");
  }

  /* the presenter's window */
  function presenter() {
    return window.open(atlas.url("/presenter"), "plan-atlas-presenter", "width=960,height=640");
  }

  function tell() {
    if (!channel) return;
    const scenes = atlas.scenes.list();
    const part = (scene) => scene && { chapter: scene.chapter, caption: scene.caption, note: scene.note, link: scene.link };
    const said = { now: part(scenes[index]), next: part(scenes[index + 1]), afterNext: part(scenes[index + 2]) };
    channel.postMessage(Object.assign({ type: "state", on: on, index: index, count: scenes.length, began: began }, said));
  }

  if (channel) {
    channel.onmessage = function (event) {
      const said = event.data || {};
      if (said.type === "hello") tell();
      if (said.type === "go" && on && Number.isFinite(said.by)) go(index + said.by);
      if (said.type === "to" && on) go(said.to === "end" ? Infinity : 0);
    };
  }
  document.addEventListener("atlas-scenes", tell);

  atlas.stage = { start, leave, go, look, presenter, setMove, moveSetting: () => move };
})(window.planAtlas);
