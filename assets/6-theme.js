/* Light, dark and projector: chosen in the head, kept in this browser. */
(function (atlas) {
  "use strict";
  const KEY = "plan-atlas-theme";

  function use(name) {
    document.documentElement.dataset.theme = name;
    document.querySelectorAll("[data-theme-name]").forEach((button) => {
      button.classList.toggle("on", button.dataset.themeName === name);
      button.setAttribute("aria-pressed", button.dataset.themeName === name);
    });
    if (atlas.labels) atlas.labels.later();
    document.dispatchEvent(new CustomEvent("atlas-theme"));
  }

  function kept() {
    try {
      return localStorage.getItem(KEY) || "light";
    } catch (error) {
      return "light"; /* storage is switched off */
    }
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-theme-name]");
    if (!button) return;
    use(button.dataset.themeName);
    try {
      localStorage.setItem(KEY, button.dataset.themeName);
    } catch (error) {
      /* then it lasts until the page is closed */
    }
  });

  use(kept());
  const start = setInterval(function () {
    if (!document.querySelector("[data-theme-name]")) return;
    clearInterval(start);
    use(kept());
  }, 50);
})(window.planAtlas);
