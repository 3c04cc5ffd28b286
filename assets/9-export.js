/* The export page: a small preview that follows the form, and files fetched with a way to cancel. */
(function () {
  "use strict";
  const byId = (id) => document.getElementById(id);
  let under = null; /* the request under way */
  let previewing = null;
  let waiting = null;

  function query(form) {
    const values = new URLSearchParams();
    form.querySelectorAll("[data-field]").forEach((field) => field.value && values.set(field.dataset.field, field.value));
    return values;
  }

  const say = (words) => (byId("export-state").textContent = words);

  async function ask(url, signal) {
    const answer = await fetch(url, { signal });
    if (answer.status === 400) throw new Error(await answer.text());
    if (!answer.ok) throw new Error("服务没有做成这份文件，请再试一次。");
    return answer;
  }

  async function make(button) {
    if (under) return;
    const [path, fixed] = button.dataset.make.split("?");
    const values = query(button.closest(".export-form"));
    new URLSearchParams(fixed).forEach((value, name) => values.set(name, value));
    under = new AbortController();
    byId("export-cancel").hidden = false;
    say("正在生成" + button.textContent + "……");
    const started = Date.now();
    try {
      const answer = await ask(path + "?" + values, under.signal);
      const content = await answer.blob();
      const name = decodeURIComponent((answer.headers.get("Content-Disposition") || "").split("''")[1] || "规划图集");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(content);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      say("已下载 " + name + "（" + (content.size / 1e6).toFixed(1) + " MB，" + ((Date.now() - started) / 1000).toFixed(1) + " 秒）");
    } catch (error) {
      say(error.name === "AbortError" ? "已取消。" : error instanceof TypeError ? "服务没有回应，请检查它是否还在运行。" : error.message);
    }
    under = null;
    if (byId("export-cancel")) byId("export-cancel").hidden = true;
  }

  async function preview() {
    const form = byId("figure-form");
    if (!form) return;
    if (previewing) previewing.abort();
    previewing = new AbortController();
    const values = query(form);
    values.set("format", "png");
    values.set("dpi", "150");
    say("正在画预览……");
    try {
      const answer = await ask("/figure?" + values, previewing.signal);
      const url = URL.createObjectURL(await answer.blob());
      const image = byId("export-image");
      image.onload = () => URL.revokeObjectURL(url);
      image.src = url;
      say("预览。下载的图件按所选分辨率另做。");
    } catch (error) {
      if (error.name !== "AbortError") say(error instanceof TypeError ? "服务没有回应，请检查它是否还在运行。" : error.message);
    }
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(preview, 400);
  }

  document.addEventListener("change", (event) => event.target.closest("#figure-form") && later());
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-make]");
    if (button) make(button);
    else if (event.target.id === "export-cancel" && under) under.abort();
  });

  /* The page is laid out when it is opened: the first preview comes with it. */
  new MutationObserver(function () {
    const image = byId("export-image");
    if (image && !image.dataset.begun) {
      image.dataset.begun = "1";
      document.querySelectorAll('.export-form [data-field="plan"]').forEach((field) => (field.value = window.planAtlas.state.plan || field.options[0].value));
      preview();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
