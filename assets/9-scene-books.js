/* Slides and handouts of the user's own scenes, from the drawer 「演示」: a job as on the export page (assets/9-jobs.js). */
(function (atlas) {
  "use strict";
  const { t } = atlas;
  const byId = (id) => document.getElementById(id);
  const say = (words) => (byId("scenes-words").textContent = words);
  let under = null; /* what is being made */

  async function make(kind) {
    if (under) return;
    if (!atlas.scenes.list().length) return say(t("列表是空的：先存一幕，或载入现成的一组。"));
    const { save, reason, Refusal } = atlas.exporting;
    const wanted = { kind: kind, per_page: Number(byId("scenes-per-page").value), scenes: JSON.parse(atlas.scenes.file()) };
    under = new AbortController();
    busy(true);
    say(t("正在排队……"));
    try {
      const answer = await atlas.jobs.book(wanted, under.signal, tell);
      const name = decodeURIComponent(answer.headers.get("Content-Disposition").split("''")[1]);
      save(await answer.blob(), name);
      say(t("已下载 {name}", { name: name }));
    } catch (error) {
      say(error.name === "AbortError" ? t("已取消。") : error instanceof Refusal ? t("没有生成：{why}", { why: error.sentences.join(t("；")) }) : reason(error));
    }
    under = null;
    busy(false);
  }

  function tell(share, words) {
    byId("scenes-progress").value = share;
    if (words) say(words);
  }

  function busy(on) {
    byId("scenes-making").hidden = !on;
    byId("scenes-progress").value = 0;
    document.querySelectorAll("[data-scenes-book]").forEach((button) => (button.disabled = on));
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-scenes-book], #scenes-cancel");
    if (!button) return;
    if (button.id === "scenes-cancel") under && under.abort();
    else make(button.dataset.scenesBook);
  });
})(window.planAtlas);
