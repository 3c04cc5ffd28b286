/* The coverage page: which rows are listed, kept while the page is closed and in the link. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  let choice = {};

  const cell = ({ plan, bin }) => [...document.querySelectorAll(".cell")].find((one) => one.dataset.coveragePlan === (plan || "") && one.dataset.coverageBin === bin);

  function show() {
    const chosen = choice.bin ? cell(choice) : null;
    document.querySelectorAll(".cell").forEach((one) => one.setAttribute("aria-pressed", one === chosen));
    const data = chosen ? Object.assign({ plan: "" }, choice) : { plan: "", bin: "undecided" };
    window.dash_clientside.set_props("coverage-choice", { data: data });
  }

  function choose(wanted) {
    choice = Object.assign({}, wanted);
    show();
    atlas.link.changed(true);
  }

  /* The page is laid out anew whenever it is opened. */
  function bringBack() {
    if (!Object.keys(choice).length) return;
    if (!cell(choice)) {
      atlas.link.leaveOut(atlas.t("「收录」页没有「{value}」", { value: [choice.plan, choice.bin].filter(Boolean).join(" ").slice(0, 40) }));
      choice = {};
    }
    show();
  }

  /* The ledger is of words, not of features: of the filters it follows the plan. */
  atlas.filtered.page("coverage", function () {
    const table = document.querySelector(".coverage-table");
    if (!table) return "";
    const { plan } = atlas.state;
    let out = 0;
    table.querySelectorAll("tbody tr").forEach(function (row) {
      const cells = [...row.querySelectorAll(".cell")];
      row.hidden = Boolean(plan) && cells[0].dataset.coveragePlan !== plan;
      if (row.hidden && cells[0].dataset.coveragePlan) out += cells.reduce((sum, one) => sum + Number(one.textContent), 0);
    });
    if (plan && choice.plan !== plan) {
      choice = { plan: plan, bin: choice.bin || "undecided" };
      show();
    }
    const hidden = out ? tn("已按筛选隐藏 {n} 处", out) : "";
    return hidden + (Object.keys(atlas.facets.chosen()).length ? t("　收录的是字句，只随「规划」筛选。") : "");
  });

  atlas.coverage = { choose };
  atlas.link.addPart("coverage", {
    write: () => choice,
    restore: function (values) {
      const before = Object.keys(choice).length;
      choice = Object.assign({}, values);
      if (!document.getElementById("coverage-rows")) return;
      if (before && !Object.keys(choice).length) show();
      else bringBack();
    },
  });

  new MutationObserver(function () {
    const rows = document.getElementById("coverage-rows");
    if (!rows || rows.dataset.begun) return;
    rows.dataset.begun = "1";
    bringBack();
    atlas.filtered.later();
  }).observe(document.documentElement, { childList: true, subtree: true });
})(window.planAtlas);
