/* The search box: results grouped as they come from the server, arrows and Enter, Esc closes. What the filters leave out
   is found too, after the others and marked. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const GROUPS = { feature: t("要素"), structure: t("空间格局"), project: t("项目"), text: t("原文") };
  const MOST = 8; /* of a group */
  const MOST_OUT = 4; /* of those that the filters leave out */
  let waiting = null;
  let asked = 0;

  const input = () => document.getElementById("search");
  const box = () => document.getElementById("search-results");

  document.addEventListener("input", function (event) {
    if (event.target !== input()) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 90);
  });

  async function ask() {
    const words = input().value.trim();
    const mine = ++asked;
    if (!words) return close();
    let groups;
    try {
      const most = atlas.facets.any() ? "&most=" + 5 * MOST : ""; /* what is kept may come late */
      const answer = await fetch("/search?q=" + encodeURIComponent(words) + most);
      if (!answer.ok) throw new Error(answer.status);
      groups = await answer.json();
    } catch (error) {
      if (mine === asked) show([note(t("搜索没有回应，请检查服务是否还在运行。"))]);
      return;
    }
    if (mine === asked) show(nodes(groups));
  }

  function nodes(groups) {
    const all = [];
    Object.entries(GROUPS).forEach(([group, title]) => {
      if (!groups[group].length) return;
      const head = document.createElement("div");
      head.className = "result-head";
      head.textContent = title;
      const kept = groups[group].filter(keeps).slice(0, MOST);
      const out = groups[group].filter((hit) => !keeps(hit));
      const drawn = group === "feature" ? kept.map((hit) => hit.ref).filter(atlas.shows) : [];
      all.push(head, ...kept.map(result), ...(drawn.length > 1 ? [onlyThese(drawn)] : []), ...out.slice(0, Math.min(MOST_OUT, out.length)).map((hit) => leftOut(result(hit))));
      if (out.length > MOST_OUT) all.push(note(tn("筛选之外还有 {n} 条", out.length - MOST_OUT)));
    });
    return all.length ? all : [note(t("没有找到。可以试试更短的词，或拼音首字母。"))];
  }

  function keeps(hit) {
    if (hit.group === "text") return !atlas.state.plan || hit.ref === atlas.state.plan;
    return atlas.keeps(hit.ref) && (hit.group !== "project" || !atlas.state.plan || hit.detail === atlas.state.plan);
  }

  function leftOut(button) {
    const small = document.createElement("small");
    small.className = "left-out";
    small.lang = document.documentElement.lang;
    small.textContent = t("不在筛选内");
    button.classList.add("filtered");
    button.append(small);
    return button;
  }

  function result(hit) {
    const button = document.createElement("button");
    button.className = "result";
    button.setAttribute("role", "option");
    button.lang = "zh-CN"; /* what is found is the plans' words */
    const letters = Array.from(hit.text); /* offsets are code points */
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(hit.start, hit.end).join("");
    button.append(letters.slice(0, hit.start).join(""), ...(mark.textContent ? [mark] : []), letters.slice(hit.end).join(""));
    const named = hit.group === "feature" || hit.group === "structure";
    const details = named ? [hit.detail, atlas.facets.plansOf(hit.ref).map(planName).join("、")] : [planName(hit.detail)];
    details.filter(Boolean).forEach(function (detail) {
      const small = document.createElement("small");
      small.textContent = detail;
      button.append(small);
    });
    button.addEventListener("click", function () {
      close();
      if (hit.group === "text") atlas.reader.open(hit.ref, hit.offset);
      else atlas.select(hit.ref, true);
    });
    return button;
  }

  /* All of an answer on the map at once. */
  function onlyThese(ids) {
    const button = document.createElement("button");
    button.className = "result only-these";
    button.setAttribute("role", "option");
    button.textContent = tn("在图上只看这 {n} 个要素", ids.length);
    button.addEventListener("click", function () {
      close();
      atlas.goToOnly(ids);
    });
    return button;
  }

  function planName(plan) {
    const button = document.querySelector('.plan-button[data-read-plan="' + CSS.escape(plan) + '"]');
    return button ? button.textContent : "";
  }

  function note(words) {
    const line = document.createElement("div");
    line.className = "result-note";
    line.textContent = words;
    return line;
  }

  function show(list) {
    box().replaceChildren(...list);
    box().hidden = false;
  }

  function close() {
    asked++;
    if (box()) box().hidden = true;
  }

  document.addEventListener("keydown", function (event) {
    if (!box() || !event.target.closest(".search-frame")) return;
    const results = [...box().querySelectorAll(".result")];
    const at = results.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      input().focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (results[next] || (next < 0 ? input() : results[0]) || input()).focus();
    } else if (event.key === "Enter" && event.target === input() && results.length) {
      results[0].click();
    }
  });

  document.addEventListener("click", (event) => event.target.closest(".search-frame") || close());
})(window.planAtlas);
