/* Reading a plan beside the map: the server's HTML, its contents, its mentions one by one, and finding words in it. */
(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const byId = (id) => document.getElementById(id);
  const texts = {};
  let chosen = null;
  let wanted = null; /* the place last asked for, also while its text is on the way */

  const body = () => byId("reader-body");

  /* Words of the interface where the plan's text will stand, which is marked as Chinese. */
  function say(words) {
    const line = document.createElement("p");
    line.lang = document.documentElement.lang;
    line.textContent = words;
    body().replaceChildren(line);
  }

  function openFirst() {
    if (!body().dataset.plan) open(atlas.state.plan || document.querySelector(".plan-button").dataset.readPlan, null);
  }

  /* Open a plan, at a place of its text (code point) when one is given. */
  async function open(plan, start) {
    if (atlas.state.page !== "map") atlas.showPage("map");
    wanted = start;
    if (body().dataset.plan !== plan) {
      body().dataset.plan = plan;
      document.querySelectorAll(".plan-button").forEach((b) => b.classList.toggle("on", b.dataset.readPlan === plan));
      say(t("正在打开……"));
      if (atlas.state.tab !== "reader") atlas.showTab("reader");
      try {
        texts[plan] = texts[plan] || (await fetchText(plan));
      } catch (error) {
        body().dataset.plan = "";
        say(t("原文没有打开，请检查服务是否还在运行，然后再试一次。"));
        return;
      }
      if (body().dataset.plan !== plan) return;
      body().innerHTML = texts[plan];
      body().scrollTop = 0;
      listContents();
      find("");
      markChosen(chosen);
    } else if (atlas.state.tab !== "reader") atlas.showTab("reader");
    if (!body().querySelector("header")) return;
    if (wanted !== null && wanted !== undefined) goTo(Number(wanted));
    document.dispatchEvent(new CustomEvent("atlas-change", { detail: "reader" }));
  }

  async function fetchText(plan) {
    const answer = await fetch("/read/" + encodeURIComponent(plan));
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  }

  /* To the mention that starts at a place of the text, to the longer one that holds it, or to the block of the place. */
  function goTo(start) {
    const holds = (m) => Number(m.dataset.start) <= start && start < Number(m.dataset.start) + Array.from(m.textContent).length;
    let target = body().querySelector('[data-start="' + start + '"]') || [...body().querySelectorAll(".m")].find(holds);
    if (!target) {
      for (const block of body().querySelectorAll("[id^=b]")) {
        if (Number(block.id.slice(1)) > start) break;
        target = block;
      }
    }
    show(target);
  }

  function show(target) {
    body().querySelectorAll(".here").forEach((node) => node.classList.remove("here"));
    if (!target) return;
    target.classList.add("here");
    centre(target, 5);
    countMentions();
  }

  /* Text out of sight has only a guessed height until it is drawn, so the first jump may miss: a few frames more. */
  function centre(target, frames) {
    if (!frames || !target.classList.contains("here")) return;
    target.scrollIntoView({ block: "center" });
    requestAnimationFrame(() => centre(target, frames - 1));
  }

  /* The chosen feature's mentions, with the way to the next and the one before. */
  const mentions = () => (chosen ? [...body().querySelectorAll('.m[data-feature="' + CSS.escape(chosen) + '"]')] : []);

  function markChosen(id) {
    chosen = id;
    document.querySelectorAll(".m.chosen").forEach((m) => m.classList.remove("chosen"));
    mentions().forEach((m) => m.classList.add("chosen"));
    countMentions();
  }

  function countMentions() {
    const all = mentions();
    const at = all.findIndex((m) => m.classList.contains("here"));
    byId("reader-mentions").hidden = !chosen;
    const count = at >= 0 ? t("本文 {at} / {n} 处", { at: at + 1, n: all.length }) : tn("本文 {n} 处", all.length);
    byId("reader-count").textContent = all.length ? count : t("本文没有提到");
  }

  function step(by) {
    const all = mentions();
    if (!all.length) return;
    const at = all.findIndex((m) => m.classList.contains("here"));
    show(all[(at + by + all.length) % all.length]);
  }

  function listContents() {
    const heads = [...body().querySelectorAll("h2[id], h3[id], h4[id].b-heading")];
    const options = heads.map((head) => {
      const option = document.createElement("option");
      option.value = head.id;
      option.lang = "zh-CN";
      option.textContent = "　".repeat({ H2: 0, H3: 1, H4: 2 }[head.tagName]) + head.textContent;
      return option;
    });
    const first = document.createElement("option");
    first.value = "";
    first.textContent = t("目录");
    byId("reader-contents").replaceChildren(first, ...options);
  }

  /* Find in the text: every place lit (where the browser can), Enter goes on to the next. */
  let places = [];
  let place = -1;
  function find(words) {
    places = [];
    place = -1;
    if (words) {
      const walker = document.createTreeWalker(body(), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = node.data.indexOf(words); at >= 0; at = node.data.indexOf(words, at + 1)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + words.length);
          places.push(range);
        }
      }
    }
    if (window.Highlight) CSS.highlights.set("found", new Highlight(...places));
    byId("reader-found").textContent = words ? tn("{n} 处", places.length) : "";
    nextPlace();
  }

  function nextPlace() {
    if (!places.length) return;
    place = (place + 1) % places.length;
    const frame = body().getBoundingClientRect();
    places[place].startContainer.parentElement.scrollIntoView({ block: "nearest" });
    const at = places[place].getBoundingClientRect();
    body().scrollTop += at.top - frame.top - frame.height / 2;
    byId("reader-found").textContent = t("{at} / {n} 处", { at: place + 1, n: places.length });
  }

  document.addEventListener("input", (event) => event.target.id === "reader-find" && find(event.target.value.trim()));
  document.addEventListener("keydown", (event) => event.target.id === "reader-find" && event.key === "Enter" && nextPlace());
  document.addEventListener("change", function (event) {
    if (event.target.id === "reader-contents" && event.target.value) show(byId(event.target.value));
  });
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });

  /* For the link: the plan that is open and the place in it, the one gone to or what stands in the middle; null at the
     beginning. A link brings its place to the middle, so that the place stays the same when it is written again. */
  const opened = () => body().dataset.plan || "";
  const startOf = (node) => Number(node.dataset.start || node.id.slice(1));

  function placeNow() {
    const frame = body().getBoundingClientRect();
    const inSight = (node) => node && node.getBoundingClientRect().bottom > frame.top && node.getBoundingClientRect().top < frame.bottom;
    if (!body().querySelector("header")) return wanted === null || wanted === undefined ? null : Number(wanted); /* on its way */
    const here = body().querySelector(".here");
    if (inSight(here) && (here.dataset.start || /^b[0-9]+$/.test(here.id))) return startOf(here);
    if (!body().scrollTop || !frame.height) return null;
    const middle = (frame.top + frame.bottom) / 2;
    const blocks = [...body().querySelectorAll("[id^=b]")];
    let low = 0; /* the last block that begins above the middle */
    for (let high = blocks.length; high - low > 1; ) {
      const half = (low + high) >> 1;
      if (blocks[half].getBoundingClientRect().top <= middle) low = half;
      else high = half;
    }
    return blocks.length ? startOf(blocks[low]) : null;
  }

  document.addEventListener("scroll", (event) => event.target.id === "reader-body" && document.dispatchEvent(new CustomEvent("atlas-change", { detail: "reader-scroll" })), true);

  atlas.reader = { open, openFirst, markChosen, goTo, opened, place: placeNow };
})(window.planAtlas);
