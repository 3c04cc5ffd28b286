/* A server that is gone: Dash only writes it to the console, so every request of the page is watched here. What stands
   on the page can still be looked at; what it asks for cannot come, and that is said over the map. */
(function () {
  "use strict";
  const t = window.planAtlas.t;
  const PATIENCE_MS = 10000;
  const ask = window.fetch;
  let notice = null;

  function say(words) {
    if (!notice && words) {
      notice = document.createElement("div");
      notice.className = "lost";
      notice.setAttribute("role", "alert");
      document.body.append(notice);
    }
    if (!notice) return;
    notice.hidden = !words;
    notice.textContent = words;
  }

  window.fetch = async function (...request) {
    const patient = request[1] && request[1].patient; /* whoever asked says itself what is going on */
    const slow = patient ? null : setTimeout(() => say(t("服务很久没有回应，请稍等；若一直如此，请重新启动规划图集。")), PATIENCE_MS);
    try {
      const answer = await ask.apply(this, request);
      say(answer.status >= 500 ? t("服务出错，这一步没有完成，请再试一次。") : "");
      return answer;
    } catch (error) {
      if (error.name !== "AbortError") say(t("与服务的连接断了：请检查规划图集是否还在运行，然后再试一次。"));
      throw error;
    } finally {
      clearTimeout(slow);
    }
  };
})();
