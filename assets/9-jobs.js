/* Slides, handouts and atlases on the export page: a job of the server's (viewer/books.py), asked how far it is until its
   file can be fetched. Cancelling ends the job there too. */
(function (atlas) {
  "use strict";
  const { t } = atlas;
  const { ask, make, progress, say } = atlas.exporting;
  const OWN = "own-scenes";
  const ASK_AGAIN_MS = 400;

  function wanted(form, kind) {
    const field = (name) => form.querySelector('[data-field="' + name + '"]').value;
    const said = { kind: kind, by: field("by"), per_page: Number(field("per_page")) };
    return field("plan") === OWN ? Object.assign(said, { scenes: JSON.parse(atlas.scenes.file()) }) : Object.assign(said, { plan: field("plan") });
  }

  const pause = (signal) => new Promise(function (go, stop) {
    const timer = setTimeout(go, ASK_AGAIN_MS);
    signal.addEventListener("abort", function () {
      clearTimeout(timer);
      stop(new DOMException("", "AbortError"));
    }, { once: true });
  });

  /* What is wanted -> the answer that holds the file; `tell(share, words)` while it is made. */
  async function book(said, signal, tell = progress) {
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said), signal };
    let job = await (await ask("/books", options)).json();
    const url = "/books/" + job.id;
    try {
      while (["waiting", "working"].includes(job.state)) {
        tell(job.share, job.words);
        await pause(signal);
        job = await (await ask(url, { signal })).json();
      }
      if (job.state !== "done") throw new Error(job.words);
      return await ask(url + "/file", { signal });
    } catch (error) {
      fetch(url, { method: "DELETE" }).catch(() => null); /* it ends by itself when nobody asks any more */
      throw error;
    }
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-book]");
    if (!button) return;
    const said = wanted(button.closest(".export-form"), button.dataset.book);
    if (said.scenes && said.kind === "atlas") return say(t("图集按规划做，请先选一部规划。"));
    if (said.scenes && !said.scenes.scenes.length) return say(t("还没有存场景：先在「演示」里存几幕，或选一部规划。"));
    make(button.textContent, (signal) => book(said, signal));
  });

  atlas.jobs = { book };
})(window.planAtlas);
