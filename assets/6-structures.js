/* What the pages beside the map share: parts fetched as HTML, and 「查看原文」, which goes back to the map first.
   The structures page: drawings come when their card is near, and pointing at a member lights it wherever it stands in
   the card. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const near = new IntersectionObserver(
    (entries) =>
      entries.filter((e) => e.isIntersecting).forEach((e) => {
        near.unobserve(e.target);
        e.target.querySelectorAll("[data-drawing]").forEach(atlas.bringDrawing);
      }),
    { rootMargin: "600px", scrollMargin: "600px" }
  );

  /* A drawing into its place, once. */
  atlas.bringDrawing = async function (node) {
    if (node.dataset.brought) return;
    node.dataset.brought = "yes";
    try {
      const answer = await fetch(node.dataset.drawing);
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      if (!text) {
        node.textContent = t("成员都没有落图，地图上无从画起。");
        return;
      }
      const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      svg.removeAttribute("width");
      svg.removeAttribute("height");
      node.replaceChildren(document.importNode(svg, true));
      atlas.filtered.mark(node);
    } catch (error) {
      node.textContent = t("图没有取到，请检查服务是否还在运行，然后重新打开本页。");
    }
  };

  /* The server's HTML into a node, in step with the filters before it is painted; the last one asked for wins. */
  atlas.bringFragment = async function (node, url) {
    node.dataset.asked = url;
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      if (atlas.facets.any()) await atlas.facets.ready;
      if (node.dataset.asked !== url) return;
      node.innerHTML = text;
      document.dispatchEvent(new CustomEvent("atlas-fragment", { detail: node.id }));
      atlas.filtered.now();
    } catch (error) {
      if (node.dataset.asked !== url) return;
      delete node.dataset.asked;
      node.textContent = t("没有取到内容，请检查服务是否还在运行，然后重新打开本页。");
    }
  };

  /* Pages are put in one after another: watch for parts and drawings that are still to be fetched. */
  new MutationObserver((changes) =>
    changes.forEach((change) => {
      if (change.type === "attributes") atlas.bringFragment(change.target, change.target.dataset.fragment);
      change.addedNodes.forEach((node) => {
        if (node.nodeType !== 1) return;
        const all = [node, ...node.querySelectorAll("[data-fragment], [data-drawing]")];
        all.forEach((part) => {
          if (part.dataset.fragment) atlas.bringFragment(part, part.dataset.fragment);
          else if (part.dataset.drawing) near.observe(part.closest(".structure-card"));
        });
      });
    })
  ).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-fragment"] });

  function light(event, on) {
    const member = event.target.closest && event.target.closest("[data-member]");
    const card = member && member.closest(".structure-card");
    if (!card) return;
    card.classList.toggle("lighting", on);
    card.querySelectorAll('[data-member="' + CSS.escape(member.dataset.member) + '"]').forEach((node) => node.classList.toggle("lit", on));
  }
  document.addEventListener("mouseover", (event) => light(event, true));
  document.addEventListener("mouseout", (event) => light(event, false));
  document.addEventListener("focusin", (event) => light(event, true));
  document.addEventListener("focusout", (event) => light(event, false));

  /* One of a row of buttons says what is shown; the page carries it, style sheets or this hide the rest. */
  document.addEventListener("click", function (event) {
    const option = event.target.closest("[data-show]");
    if (!option) return;
    if (option.dataset.show === "structure-plan") atlas.filter("plan", option.dataset.value);
    else {
      showOnly(option);
      atlas.link.changed(true);
    }
  });

  function showOnly(option) {
    const { show, value } = option.dataset;
    document.querySelectorAll('[data-show="' + show + '"]').forEach((other) => {
      other.classList.toggle("on", other === option);
      other.setAttribute("aria-pressed", other === option);
    });
    if (show !== "structure-verdict") return;
    shown.verdict = value;
    listCards();
  }

  /* Cards of the chosen plan and verdict of which the filters keep something; gives back how many they leave out. */
  function listCards() {
    let out = 0;
    page().querySelectorAll(".structure-plan").forEach((section) => {
      const ofPlan = !atlas.state.plan || section.dataset.structurePlan === atlas.state.plan;
      let left = 0;
      section.querySelectorAll(".structure-card").forEach((card) => {
        const kept = ofPlan && keepsCard(card);
        card.hidden = !kept || (Boolean(shown.verdict) && card.dataset.verdict !== shown.verdict);
        out += kept ? 0 : 1;
        left += card.hidden ? 0 : 1;
      });
      section.hidden = !left;
      section.querySelector("h2 .count").textContent = tn("{n} 个格局", left);
    });
    page().querySelector(".nothing-left").hidden = Boolean(page().querySelector(".structure-plan:not([hidden])"));
    return out;
  }

  /* A structure is kept for itself or for any of its members; those left out are counted on the card. */
  function keepsCard(card) {
    const members = new Set([...card.querySelectorAll(".chip[data-member]")].map((chip) => chip.dataset.member));
    const out = [...members].filter((id) => !atlas.keeps(id)).length;
    const kept = out < members.size || atlas.keeps(card.querySelector("[data-feature]:not([data-member])").dataset.feature);
    const note = card.querySelector(".members-kept");
    note.textContent = out && kept ? tn("{n} 个成员不在当前筛选内，淡显（共 {all} 个）", out, { all: members.size }) : "";
    return kept;
  }

  atlas.filtered.page("structures", function () {
    if (!page()) return "";
    const chosen = '[data-show="structure-plan"][data-value="' + CSS.escape(atlas.state.plan) + '"]';
    showOnly(page().querySelector(chosen));
    const out = listCards();
    return out ? tn("已按筛选隐藏 {n} 个格局", out) : "";
  });

  /* What is shown of the structures and which card was chosen last; the page is brought to it whenever it is laid out. */
  let shown = {};
  const page = () => document.querySelector(".structures-page");

  function choose(card) {
    page().querySelectorAll(".structure-card").forEach((other) => other.classList.toggle("chosen", other === card));
    shown.chosen = card.dataset.structure;
  }

  function bringBack() {
    const verdict = shown.verdict || "";
    const option = page().querySelector('[data-show="structure-verdict"][data-value="' + CSS.escape(verdict) + '"]');
    if (option) showOnly(option);
    else {
      delete shown.verdict;
      atlas.link.leaveOut(t("「空间格局」页没有筛选「{value}」", { value: verdict.slice(0, 40) }));
    }
    if (!shown.chosen) return;
    const card = page().querySelector('.structure-card[data-structure="' + CSS.escape(shown.chosen) + '"]');
    if (!card) atlas.link.leaveOut(t("没有格局「{value}」", { value: shown.chosen.slice(0, 40) }));
    else {
      choose(card);
      requestAnimationFrame(() => card.scrollIntoView({ block: "start" }));
    }
  }

  document.addEventListener("atlas-fragment", (event) => event.detail === "structures-frame" && page() && bringBack());
  for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, function (event) {
      const card = event.target.closest && event.target.closest(".structure-card[data-structure]");
      if (!card || card.dataset.structure === shown.chosen) return;
      choose(card);
      atlas.link.changed(false);
    });
  }

  atlas.link.addPart("structures", {
    write: () => shown,
    restore: function (values) {
      const { plan, ...rest } = values; /* links had the page's own plan once */
      atlas.facets.restorePlan(plan, t("「空间格局」页没有筛选「{value}」", { value: String(plan).slice(0, 40) }));
      shown = rest;
      if (!page()) return;
      page().querySelectorAll(".structure-card.chosen").forEach((card) => card.classList.remove("chosen"));
      bringBack();
    },
  });

  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest(".page-body [data-read-plan]")) atlas.showPage("map");
    },
    true
  );
})(window.planAtlas);
