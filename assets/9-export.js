/* The export page: files asked from the server one at a time, with what is going on, how far it is, and a way to cancel.
   The form of figures is in assets/9-figure-form.js, that of data in assets/9-data.js. */
(function (atlas) {
  "use strict";
  const t = atlas.t;
  const byId = (id) => document.getElementById(id);
  let under = null; /* the request under way */

  /* What the server says of a wrong request: one sentence a line. */
  class Refusal extends Error {
    constructor(text) {
      super(text);
      this.sentences = text.split("\n").filter(Boolean);
    }
  }

  const say = (words) => byId("export-state") && (byId("export-state").textContent = words);

  async function ask(url, options) {
    const answer = await fetch(url, Object.assign({ patient: true }, options)); /* see assets/6-lost.js */
    const tells = (answer.headers.get("Content-Type") || "").startsWith("text/plain"); /* a busy server (503) says so */
    if (answer.status >= 400 && (answer.status < 500 || tells)) throw new Refusal(await answer.text());
    if (!answer.ok) throw new Error(t("服务没有做成这份文件，请再试一次。"));
    return answer;
  }

  const reason = (error) => (error instanceof TypeError ? t("服务没有回应，请检查它是否还在运行。") : error.message);

  function save(content, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /* One file: `request(signal)` gives the answer that holds it. Gives back what was refused, null when nothing was. */
  async function make(name, request) {
    if (under) return null;
    under = new AbortController();
    busy(true);
    say(t("正在生成{name}……", { name: name }));
    const started = Date.now();
    try {
      const answer = await request(under.signal);
      const content = await answer.blob();
      const file = decodeURIComponent((answer.headers.get("Content-Disposition") || "").split("''")[1] || "规划图集");
      save(content, file);
      say(t("已下载 {name}（{size} MB，{time} 秒）", { name: file, size: (content.size / 1e6).toFixed(1), time: ((Date.now() - started) / 1000).toFixed(1) }));
      return null;
    } catch (error) {
      say(error.name === "AbortError" ? t("已取消。") : error instanceof Refusal ? t("没有生成：{why}", { why: error.sentences.join(t("；")) }) : reason(error));
      return error instanceof Refusal ? error : null;
    } finally {
      under = null;
      busy(false);
    }
  }

  function busy(on) {
    if (!byId("export-cancel")) return; /* another page by now */
    byId("export-cancel").hidden = !on;
    byId("export-progress").hidden = !on;
    byId("export-progress").removeAttribute("value"); /* how far is not known */
    document.querySelectorAll("[data-make], [data-figure], [data-book]").forEach((button) => (button.disabled = on));
  }

  /* How far the file under way is, 0 to 1, and the step it is at. */
  function progress(share, words) {
    if (!byId("export-progress")) return;
    if (share > 0) byId("export-progress").value = share;
    if (words) say(words);
  }

  document.addEventListener("click", function (event) {
    if (event.target.id === "export-cancel" && under) under.abort();
  });

  atlas.exporting = { ask, make, progress, say, save, reason, Refusal, busy: () => Boolean(under) };
})(window.planAtlas);
