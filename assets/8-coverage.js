/* The coverage page: which plan's chapters are open and which rows are listed, kept while the page is closed and in the
   link; and the ledger that is still being made, which takes its place when it is done. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const ASK_AGAIN_MS = 800;
  const byId = (id) => document.getElementById(id);
  const table = () => document.querySelector(".coverage-table");
  let choice = {}; /* {plan, chapter, bin}; empty at the start */

  const first = () => document.querySelector(".coverage-page").dataset.firstBin;
  const full = () => Object.assign({ plan: "", chapter: "", bin: first() }, choice);
  const cell = ({ plan, chapter, bin }) =>
    [...table().querySelectorAll(".cell")].find(({ dataset: d }) => d.coveragePlan === plan && d.coverageChapter === chapter && d.coverageBin === bin);

  function show() {
    const wanted = full();
    const chosen = cell(wanted);
    table().querySelectorAll(".cell").forEach((one) => one.setAttribute("aria-pressed", one === chosen));
    table().querySelectorAll("tbody").forEach(function (body) {
      const open = Boolean(wanted.plan) && body.dataset.coverageOf === wanted.plan;
      const opener = body.querySelector(".opener");
      if (opener) opener.setAttribute("aria-expanded", open);
      body.querySelectorAll(".chapter-row").forEach((row) => (row.hidden = !open));
    });
    const frame = table().parentElement; /* wider than a phone */
    if (chosen && frame.scrollWidth > frame.clientWidth) frame.scrollLeft = chosen.offsetLeft + chosen.offsetWidth - frame.clientWidth + 12;
    atlas.bringFragment(byId("coverage-rows"), "/coverage/rows?" + new URLSearchParams(wanted));
  }

  function choose(wanted) {
    choice = Object.fromEntries(Object.entries(wanted).filter(([, text]) => text));
    show();
    atlas.link.changed(true);
  }

  /* On a narrow screen the rows stand below the table: bring them into view. */
  function lookAtRows() {
    const rows = byId("coverage-rows");
    if (rows.getBoundingClientRect().top > window.innerHeight * 0.8) rows.scrollIntoView({ block: "start" });
  }

  document.addEventListener("click", function (event) {
    const number = event.target.closest("[data-coverage-bin]");
    const opener = event.target.closest("[data-coverage-open]");
    if (number) {
      choose({ plan: number.dataset.coveragePlan, chapter: number.dataset.coverageChapter, bin: number.dataset.coverageBin });
      lookAtRows();
    } else if (opener) {
      const open = opener.getAttribute("aria-expanded") === "true";
      choose({ plan: open ? atlas.state.plan : opener.dataset.coverageOpen, bin: full().bin });
      if (open) fold(opener);
    }
  });

  /* The only plan of a filter can be folded too. */
  function fold(opener) {
    opener.setAttribute("aria-expanded", "false");
    opener.closest("tbody").querySelectorAll(".chapter-row").forEach((row) => (row.hidden = true));
  }

  /* The page is laid out anew whenever it is opened. A bin of which a chapter has none is still a choice. */
  function bringBack() {
    const { plan, chapter, bin } = full();
    const has = (name, value) => !value || table().querySelector("[data-coverage-" + name + '="' + CSS.escape(value) + '"]');
    if (!has("plan", plan) || !has("bin", bin) || (chapter && !table().querySelector('[data-coverage-plan="' + CSS.escape(plan) + '"][data-coverage-chapter="' + CSS.escape(chapter) + '"]'))) {
      atlas.link.leaveOut(t("「收录」页没有「{value}」", { value: [plan, chapter, bin].filter(Boolean).join(" ").slice(0, 40) }));
      choice = {};
    }
    show();
  }

  /* The ledger is of words, not of features: of the filters it follows the plan. */
  atlas.filtered.page("coverage", function () {
    if (!table()) return "";
    const { plan } = atlas.state;
    let out = 0;
    table().querySelectorAll("tbody").forEach(function (body) {
      body.hidden = Boolean(plan) && body.dataset.coverageOf !== plan;
      if (body.hidden && body.dataset.coverageOf) out += Number(body.querySelector(".plan-row .sum").textContent);
    });
    if (plan && choice.plan !== plan) {
      choice = Object.assign({ plan: plan }, choice.bin ? { bin: choice.bin } : {});
      show();
    }
    const hidden = out ? tn("已按筛选隐藏 {n} 处", out) : "";
    return hidden + (Object.keys(atlas.facets.chosen()).length ? t("　收录的是字句，只随「规划」筛选。") : "");
  });

  /* Ask how far the ledger is while the page is open and shows that it is being made. */
  async function watch(box) {
    while (box.isConnected) {
      await new Promise((go) => setTimeout(go, ASK_AGAIN_MS));
      if (atlas.state.page !== "coverage") continue;
      let told = null;
      try {
        told = await (await fetch("/coverage/state")).json();
      } catch (error) {
        continue; /* assets/6-lost.js says that the server is gone */
      }
      if (!box.isConnected) return;
      if (["made", "failed"].includes(told.step)) return void atlas.bringFragment(byId("coverage-frame"), byId("coverage-frame").dataset.fragment);
      box.querySelector("progress").value = told.share;
      const words = box.querySelector(".making-words");
      if (words.textContent !== told.words) words.textContent = told.words;
    }
  }

  document.addEventListener("atlas-fragment", function (event) {
    if (event.detail !== "coverage-frame") return;
    const making = byId("coverage-making");
    if (making && making.querySelector("progress")) watch(making);
    if (table()) bringBack();
    atlas.filtered.later();
  });

  atlas.link.addPart("coverage", {
    write: () => choice,
    restore: function (values) {
      choice = Object.assign({}, values);
      if (table()) bringBack();
    },
  });
})(window.planAtlas);
