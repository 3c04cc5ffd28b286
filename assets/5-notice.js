/* A sentence for the reader over whatever page is open, until it is closed or the next one comes. */
(function (atlas) {
  "use strict";
  let box = null;

  atlas.notice = function (sentence) {
    if (!box) build();
    box.firstElementChild.textContent = sentence;
    box.hidden = !sentence;
  };

  function build() {
    box = document.createElement("div");
    box.className = "page-notice";
    box.id = "page-notice";
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    const close = document.createElement("button");
    close.textContent = "×";
    close.setAttribute("aria-label", atlas.t("关闭"));
    close.addEventListener("click", () => (box.hidden = true));
    box.append(words, close);
    document.body.append(box);
  }
})(window.planAtlas);
