/* The panel of the chosen feature: the way to its parts, and what stands along it, asked for when it is opened. */
(function (atlas) {
  "use strict";

  document.addEventListener("click", function (event) {
    const jump = event.target.closest("[data-jump]");
    if (!jump) return;
    const part = document.getElementById(jump.dataset.jump);
    const folded = part.querySelector(":scope > details");
    if (folded) folded.open = true;
    part.scrollIntoView({ block: "start" });
  });

  document.addEventListener(
    "toggle",
    function (event) {
      const list = event.target.open && event.target.querySelector("[data-nearby]");
      if (!list || list.dataset.asked) return;
      atlas.bringFragment(list, list.dataset.nearby);
    },
    true
  );
})(window.planAtlas);
