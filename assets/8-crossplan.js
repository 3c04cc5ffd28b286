/* The comparison page: which way to compare, which feature, which two plans. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const byId = (id) => document.getElementById(id);
  const press = (selector, chosen) =>
    document.querySelectorAll(selector).forEach((button) => {
      button.setAttribute("aria-pressed", button === chosen);
      if (button.classList.contains("shared")) button.classList.toggle("on", button === chosen);
    });

  /* What is shown; the page is brought to it whenever it is laid out. */
  let shown = {};
  let first = ""; /* the feature the page opens with */

  function mode(name) {
    shown.mode = name === "shared" ? "" : name;
    press("[data-crossplan-mode]", document.querySelector('[data-crossplan-mode="' + name + '"]'));
    document.querySelector(".crossplan-shared").hidden = name !== "shared";
    document.querySelector(".crossplan-pair").hidden = name !== "pair";
    if (name === "pair") bringPair();
    atlas.filtered.now();
  }

  function choose(id) {
    mode("shared");
    const button = document.querySelector('.shared[data-crossplan="' + CSS.escape(id) + '"]');
    if (button) {
      button.hidden = false;
      button.scrollIntoView({ block: "nearest" });
    }
    press(".shared", button);
    shown.feature = id;
    atlas.bringFragment(byId("crossplan-detail"), "/crossplan/feature/" + encodeURIComponent(id));
    byId("crossplan-detail").scrollTop = 0;
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest("[data-crossplan], [data-crossplan-mode], #crossplan-differing");
    if (!target) return;
    if (target.dataset.crossplanMode) mode(target.dataset.crossplanMode);
    else if (target.dataset.crossplan) choose(target.dataset.crossplan);
    else onlyDiffering(target.getAttribute("aria-pressed") !== "true");
    atlas.link.changed(true);
  });

  function onlyDiffering(only) {
    shown.differing = only ? "1" : "";
    byId("crossplan-differing").setAttribute("aria-pressed", only);
    listShared();
  }

  /* What of the list is left out by 「只看有不同的」 and by the filters; gives back how many by the filters. */
  function listShared() {
    const all = [...document.querySelectorAll(".shared")];
    all.forEach((b) => (b.hidden = !atlas.keeps(b.dataset.crossplan) || (shown.differing === "1" && b.dataset.differs !== "true")));
    document.querySelector(".chooser .nothing-left").hidden = all.some((b) => !b.hidden);
    return all.filter((b) => !atlas.keeps(b.dataset.crossplan)).length;
  }

  /* Rows of the side lists, with the number of each list and the headings of what is left. */
  function listSides() {
    const out = new Set();
    document.querySelectorAll(".pair-list").forEach(function (list) {
      const rows = [...list.querySelectorAll(".pair-row")];
      rows.forEach((row) => (row.hidden = !atlas.keeps(row.dataset.sideFeature, true)));
      rows.filter((row) => row.hidden).forEach((row) => out.add(row.dataset.sideFeature));
      list.querySelectorAll("h3").forEach((head) => (head.hidden = allHidden(head)));
      const kept = rows.filter((row) => !row.hidden).length;
      list.querySelector("h2 .count").textContent = kept === rows.length ? kept : kept + " / " + rows.length;
    });
    return out.size;
  }

  function allHidden(head) {
    for (let row = head.nextElementSibling; row && row.tagName !== "H3"; row = row.nextElementSibling) if (!row.hidden) return false;
    return true;
  }

  /* Where two sides are compared, they say which plans. */
  function followFilters() {
    if (!byId("crossplan-page")) return "";
    const pair = shown.mode === "pair";
    const out = pair ? listSides() : listShared();
    if (pair) atlas.sideBySide.follow();
    const hidden = out ? tn("已按筛选隐藏 {n} 个要素", out) : "";
    return hidden + (pair && atlas.state.plan ? t("　并排时看左、右两侧选的是什么，不按「规划」筛选。") : "");
  }

  atlas.filtered.page("crossplan", followFilters);

  const SIDES = ["left", "right", "level"];

  function bringPair() {
    const chosen = SIDES.map((name) => byId("crossplan-" + name).value);
    SIDES.forEach((name, i) => (shown[name] = chosen[i]));
    const url = "/crossplan/sides/" + chosen.map(encodeURIComponent).join("/");
    const lists = byId("crossplan-lists");
    if (lists.dataset.asked !== url) atlas.bringFragment(lists, url); /* the first ones came with the page */
    atlas.sideBySide.show(url);
  }

  /* A plan is compared with a plan, a category with a category: the right side follows the kind of the left. */
  function alike() {
    const [left, right] = ["left", "right"].map((name) => byId("crossplan-" + name));
    const kind = (select) => select.value.split(":")[0];
    if (kind(left) === kind(right)) return;
    const same = [...right.options].filter((option) => option.value.split(":")[0] === kind(left));
    right.value = (same.find((option) => option.value !== left.value) || same[0]).value;
  }

  function bringBack() {
    const wanted = Object.assign({}, shown);
    onlyDiffering(wanted.differing === "1");
    bringFeature(wanted.feature);
    SIDES.forEach((name) => setSide(name, wanted[name]));
    if (["", "pair"].includes(wanted.mode || "")) mode(wanted.mode || "shared");
    else leaveOut("mode", wanted.mode);
  }

  function bringFeature(id) {
    const there = id && document.querySelector('.shared[data-crossplan="' + CSS.escape(id) + '"]');
    if (id && !there) leaveOut("feature", id);
    const on = document.querySelector(".shared.on");
    const target = there ? id : first;
    if (target && (!on || on.dataset.crossplan !== target)) choose(target);
    if (!there) delete shown.feature;
  }

  function setSide(name, value) {
    const select = byId("crossplan-" + name);
    const there = [...select.options].some((option) => option.value === value);
    if (value && !there) leaveOut(name, value);
    if (there) select.value = value;
    else select.selectedIndex = [...select.options].findIndex((option) => option.defaultSelected);
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }

  function leaveOut(name, value) {
    delete shown[name];
    atlas.link.leaveOut(atlas.t("「对照」页没有「{value}」", { value: value.slice(0, 40) }));
  }

  document.addEventListener("atlas-fragment", function (event) {
    if (event.detail !== "crossplan-frame") return;
    const on = document.querySelector(".shared.on");
    first = on ? on.dataset.crossplan : "";
    bringBack();
  });

  atlas.link.addPart("crossplan", {
    write: () => shown,
    restore: function (values) {
      shown = Object.assign({}, values);
      if (byId("crossplan-page")) bringBack();
    },
  });

  document.addEventListener("change", function (event) {
    if (!["crossplan-left", "crossplan-right", "crossplan-level"].includes(event.target.id)) return;
    if (event.target.id === "crossplan-left") alike();
    bringPair();
    atlas.link.changed(true);
  });
})(window.planAtlas);
