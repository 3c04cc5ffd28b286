/* What the pages beside the map share: parts fetched as HTML, and 「查看原文」, which goes back to the map first.
   The structures page: drawings come when their card is near, and pointing at a member lights it wherever it stands in
   the card. */
(function (atlas) {
  "use strict";
  const near = new IntersectionObserver(
    (entries) =>
      entries.filter((e) => e.isIntersecting).forEach((e) => {
        near.unobserve(e.target);
        e.target.querySelectorAll("[data-drawing]").forEach(bring);
      }),
    { rootMargin: "600px", scrollMargin: "600px" }
  );

  async function bring(node) {
    try {
      const answer = await fetch(node.dataset.drawing);
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      if (!text) {
        node.textContent = "成员都没有落图，地图上无从画起。";
        return;
      }
      const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      svg.removeAttribute("width");
      svg.removeAttribute("height");
      node.replaceChildren(document.importNode(svg, true));
    } catch (error) {
      node.textContent = "图没有取到，请检查服务是否还在运行，然后重新打开本页。";
    }
  }

  /* The server's HTML into a node; the last one asked for wins. */
  atlas.bringFragment = async function (node, url) {
    node.dataset.asked = url;
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      if (node.dataset.asked === url) node.innerHTML = text;
    } catch (error) {
      if (node.dataset.asked === url) node.textContent = "没有取到内容，请检查服务是否还在运行，然后重新打开本页。";
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
    const { show, value } = option.dataset;
    document.querySelectorAll('[data-show="' + show + '"]').forEach((other) => {
      other.classList.toggle("on", other === option);
      other.setAttribute("aria-pressed", other === option);
    });
    const page = option.closest(".structures-page");
    if (!page) return;
    page.dataset[show === "structure-plan" ? "plan" : "verdict"] = value;
    const { plan, verdict } = page.dataset;
    page.querySelectorAll(".structure-plan").forEach((section) => {
      let left = 0;
      section.querySelectorAll(".structure-card").forEach((card) => {
        card.hidden = Boolean(verdict) && card.dataset.verdict !== verdict;
        left += card.hidden ? 0 : 1;
      });
      section.hidden = (Boolean(plan) && section.dataset.structurePlan !== plan) || !left;
      section.querySelector("h2 .count").textContent = left + " 个格局";
    });
  });

  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest(".page-body [data-read-plan]")) atlas.showPage("map");
    },
    true
  );
})(window.planAtlas);
