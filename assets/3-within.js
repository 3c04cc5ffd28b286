/* Mentions that lie within one another: a click on the inner one offers each of them, and so does the keyboard. */
(function (atlas) {
  "use strict";
  const { t } = atlas;
  const holders = (m) => {
    const found = [];
    for (let node = m; node; node = node.parentElement.closest(".m")) found.push(node);
    return found;
  };
  let menu = null;
  let opener = null;

  function close(back) {
    if (!menu) return;
    menu.remove();
    menu = null;
    if (back) opener.focus();
  }

  function open(mention) {
    close(false);
    opener = mention;
    menu = document.createElement("div");
    menu.className = "mention-menu";
    menu.setAttribute("role", "menu");
    menu.setAttribute("aria-label", t("这几个字在几个名称里"));
    menu.append(...holders(mention).map(choice));
    document.body.append(menu);
    place(mention.getBoundingClientRect());
    menu.firstElementChild.focus();
  }

  function choice(m) {
    const button = document.createElement("button");
    button.setAttribute("role", "menuitem");
    button.lang = "zh-CN";
    button.textContent = m.dataset.name;
    button.addEventListener("click", function (event) {
      event.stopPropagation();
      close(true);
      atlas.select(m.dataset.feature, true);
    });
    return button;
  }

  /* Under the words, or over them where there is no room below; never past the edge of the window. */
  function place(words) {
    const { offsetWidth, offsetHeight } = menu;
    const below = words.bottom + offsetHeight + 8 < window.innerHeight;
    menu.style.left = Math.max(8, Math.min(words.left, window.innerWidth - offsetWidth - 8)) + "px";
    menu.style.top = (below ? words.bottom + 4 : words.top - offsetHeight - 4) + "px";
  }

  function step(by) {
    const all = [...menu.children];
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length].focus();
  }

  document.addEventListener(
    "click",
    function (event) {
      const mention = event.target.closest(".m");
      if (menu && !menu.contains(event.target)) close(false);
      if (!mention || !mention.parentElement.closest(".m")) return;
      event.preventDefault();
      event.stopPropagation();
      open(mention);
    },
    true
  );

  document.addEventListener("keydown", function (event) {
    if (menu) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by) step(by);
      else if (event.key === "Escape" || event.key === "Tab") close(true);
      else return;
      event.preventDefault();
    } else if (event.key === "Enter" && event.target.matches && event.target.matches('.m[role="link"]')) event.target.click();
  });
  document.addEventListener("scroll", () => close(false), true);
})(window.planAtlas);
