/* The comparison page: which way to compare, which feature, which two plans. */
(function (atlas) {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const press = (selector, chosen) =>
    document.querySelectorAll(selector).forEach((button) => {
      button.setAttribute("aria-pressed", button === chosen);
      if (button.classList.contains("shared")) button.classList.toggle("on", button === chosen);
    });

  function mode(name) {
    press("[data-crossplan-mode]", document.querySelector('[data-crossplan-mode="' + name + '"]'));
    document.querySelector(".crossplan-shared").hidden = name !== "shared";
    document.querySelector(".crossplan-pair").hidden = name !== "pair";
  }

  function choose(id) {
    mode("shared");
    const button = document.querySelector('.shared[data-crossplan="' + CSS.escape(id) + '"]');
    if (button) {
      button.hidden = false;
      button.scrollIntoView({ block: "nearest" });
    }
    press(".shared", button);
    atlas.bringFragment(byId("crossplan-detail"), "/crossplan/feature/" + encodeURIComponent(id));
    byId("crossplan-detail").scrollTop = 0;
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest("[data-crossplan], [data-crossplan-mode], #crossplan-differing");
    if (!target) return;
    if (target.dataset.crossplanMode) mode(target.dataset.crossplanMode);
    else if (target.dataset.crossplan) choose(target.dataset.crossplan);
    else {
      const only = target.getAttribute("aria-pressed") !== "true";
      target.setAttribute("aria-pressed", only);
      document.querySelectorAll(".shared").forEach((b) => (b.hidden = only && b.dataset.differs !== "true"));
    }
  });

  document.addEventListener("change", function (event) {
    if (!["crossplan-left", "crossplan-right", "crossplan-level"].includes(event.target.id)) return;
    const chosen = ["left", "right", "level"].map((name) => encodeURIComponent(byId("crossplan-" + name).value));
    atlas.bringFragment(byId("crossplan-lists"), "/crossplan/pair/" + chosen.join("/"));
  });
})(window.planAtlas);
