/* 「图随文动」: while it is on, the features named in the text in sight are the ones emphasised on the map. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const byId = (id) => document.getElementById(id);
  const inSight = new Set(); /* blocks of the text */
  let watcher = null;
  let on = false;
  let waiting = false;
  let named = new Set();

  function toggle() {
    on = !on;
    byId("reader-follow").setAttribute("aria-pressed", on);
    observe();
    later();
  }

  /* Only blocks in sight are looked into: the longest plan has thousands. */
  function observe() {
    if (watcher) watcher.disconnect();
    inSight.clear();
    if (!on) return;
    const body = byId("reader-body");
    watcher = new IntersectionObserver(
      function (entries) {
        entries.forEach((entry) => (entry.isIntersecting ? inSight.add(entry.target) : inSight.delete(entry.target)));
        later();
      },
      { root: body }
    );
    body.querySelectorAll("[id^=b]").forEach((block) => watcher.observe(block));
  }

  function later() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () {
      waiting = false;
      update();
    });
  }

  const following = () => on && atlas.state.tab === "reader" && atlas.state.page === "map";

  function update() {
    const body = byId("reader-body");
    const { top, bottom } = body.getBoundingClientRect();
    const seen = new Set();
    if (following())
      inSight.forEach((block) =>
        block.querySelectorAll(".m").forEach(function (m) {
          const box = m.getBoundingClientRect();
          if (box.bottom > top && box.top < bottom) seen.add(m.dataset.feature);
        })
      );
    byId("map-frame").classList.toggle("following", following() && seen.size > 0);
    byId("reader-named").textContent = following() ? (seen.size ? tn("眼前提到 {n} 个要素", seen.size) : t("眼前没有提到要素")) : "";
    if (seen.size === named.size && [...seen].every((id) => named.has(id))) return;
    named = seen;
    atlas.leaflet.eachLayer(mark);
    atlas.labels.later();
  }

  function mark(layer) {
    const p = layer.feature && layer.feature.properties;
    const node = p && p.id && /^layer-/.test(layer.options.pane || "") && layer.getElement && layer.getElement();
    if (node) node.classList.toggle("named", (p.together ? p.together.map((one) => one.id) : [p.id]).some((id) => named.has(id)));
  }

  document.addEventListener("click", (event) => event.target.closest("#reader-follow") && toggle());
  document.addEventListener("scroll", (event) => on && event.target.id === "reader-body" && later(), true);
  document.addEventListener("atlas-change", function (event) {
    if (!on) return;
    if (event.detail === "drawn") atlas.leaflet.eachLayer(mark); /* shapes that came after the text was opened */
    if (event.detail === "reader") observe();
    if (["reader", "tab", "page"].includes(event.detail)) later();
  });

  atlas.follow = { names: (id) => named.has(id) };
})(window.planAtlas);
