/* Figures, slides, handouts and atlases: a job of the server's (viewer/job_routes.py), asked how far it is until its file
   can be fetched. Cancelling ends the job there too. */
(function (atlas) {
  "use strict";
  const { t } = atlas;
  const { ask, make, progress, say } = atlas.exporting;
  const OWN = "own-scenes";
  const SOON_MS = 100; /* a figure may be done in a second, a book takes half a minute */
  const ASK_AGAIN_MS = 400;

  function wanted(form, kind) {
    const field = (name) => form.querySelector('[data-field="' + name + '"]').value;
    const said = { kind: kind, by: field("by"), per_page: Number(field("per_page")) };
    return field("plan") === OWN ? Object.assign(said, { scenes: JSON.parse(atlas.scenes.file()) }) : Object.assign(said, { plan: field("plan") });
  }

  const pause = (ms, signal) => new Promise(function (go, stop) {
    const timer = setTimeout(go, ms);
    signal.addEventListener("abort", function () {
      clearTimeout(timer);
      stop(new DOMException("", "AbortError"));
    }, { once: true });
  });

  /* What is wanted, as JSON, of the address that takes it -> the answer that holds the file; `tell(share, words)` while
     it is made. */
  async function job(address, body, signal, tell = progress) {
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: body, signal };
    let told = await (await ask(address, options)).json();
    const url = "/jobs/" + told.id;
    try {
      for (let ms = SOON_MS; ["waiting", "working"].includes(told.state); ms = Math.min(ms * 1.5, ASK_AGAIN_MS)) {
        tell(told.share, told.words);
        await pause(ms, signal);
        told = await (await ask(url, { signal })).json();
      }
      if (told.state !== "done") throw new Error(told.words);
      return await ask(url + "/file", { signal });
    } catch (error) {
      fetch(url, { method: "DELETE" }).catch(() => null); /* it ends by itself when nobody asks any more */
      throw error;
    }
  }

  const book = (said, signal, tell) => job("/books", JSON.stringify(said), signal, tell);

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-book]");
    if (!button) return;
    const said = wanted(button.closest(".export-form"), button.dataset.book);
    if (said.scenes && said.kind === "atlas") return say(t("图集按规划做，请先选一部规划。"));
    if (said.scenes && !said.scenes.scenes.length) return say(t("还没有存场景：先在「演示」里存几幕，或选一部规划。"));
    make(button.textContent, (signal) => book(said, signal));
  });

  atlas.jobs = { job, book };
})(window.planAtlas);
