/* Behaviour of the page that needs no server: choosing, switching layers and tabs, reading. */
(function (atlas) {
  "use strict";
  const byId = (id) => document.getElementById(id);

  /* Choosing a feature, from wherever. `fly` moves the map to it. */
  atlas.select = function (id, fly) {
    window.dash_clientside.set_props("selected-feature", { data: { id: id, fly: Boolean(fly), at: Date.now() } });
    markChosen(id);
    byId("map-frame").classList.add("chosen");
    if (currentTab() === "feature" || !fly) showTab("feature");
  };

  function currentTab() {
    return byId("side") && byId("side").classList.contains("reading") ? "reader" : "feature";
  }

  function showTab(name) {
    const reading = name === "reader";
    byId("side").classList.toggle("reading", reading);
    document.querySelectorAll(".tab").forEach((tab) => {
      tab.classList.toggle("on", tab.dataset.tab === name);
      tab.setAttribute("aria-selected", tab.dataset.tab === name);
    });
    if (atlas.leaflet) setTimeout(() => atlas.leaflet.invalidateSize({ animate: false }), 0);
    if (reading && !byId("reader-body").dataset.plan) openPlan(document.querySelector(".plan-button").dataset.readPlan, null);
  }

  /* The reader: the server's HTML of a plan, kept once fetched. */
  const texts = {};
  async function openPlan(plan, start) {
    const body = byId("reader-body");
    showTab2();
    if (body.dataset.plan !== plan) {
      document.querySelectorAll(".plan-button").forEach((b) => b.classList.toggle("on", b.dataset.readPlan === plan));
      body.dataset.plan = plan;
      body.textContent = "正在打开……";
      try {
        if (!texts[plan]) {
          const answer = await fetch("/read/" + encodeURIComponent(plan));
          if (!answer.ok) throw new Error(answer.status);
          texts[plan] = await answer.text();
        }
        if (body.dataset.plan !== plan) return;
        body.innerHTML = texts[plan];
      } catch (error) {
        body.dataset.plan = "";
        body.textContent = "原文没有打开，请检查服务是否还在运行，然后再试一次。";
        return;
      }
      body.scrollTop = 0;
      markChosen(chosen);
    }
    if (start !== null && start !== undefined) goTo(body, Number(start));
  }

  function showTab2() {
    if (currentTab() !== "reader") {
      byId("side").classList.add("reading");
      showTab("reader");
    }
  }

  /* To the mention that starts at a place of the text, or to the block that holds the place. */
  function goTo(body, start) {
    body.querySelectorAll(".here").forEach((node) => node.classList.remove("here"));
    let target = body.querySelector('[data-start="' + start + '"]');
    if (!target) {
      for (const block of body.querySelectorAll("[id^=b]")) {
        if (Number(block.id.slice(1)) > start) break;
        target = block;
      }
    }
    if (!target) return;
    target.classList.add("here");
    target.scrollIntoView({ block: "center" });
  }

  let chosen = null;
  function markChosen(id) {
    chosen = id;
    document.querySelectorAll(".m.chosen").forEach((m) => m.classList.remove("chosen"));
    if (id) document.querySelectorAll('.m[data-feature="' + CSS.escape(id) + '"]').forEach((m) => m.classList.add("chosen"));
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest("[data-read-plan], [data-feature], [data-tab], [data-filter]");
    if (!target) return;
    if (target.dataset.filter) filter(target);
    else if (target.dataset.tab) showTab(target.dataset.tab);
    else if (target.dataset.readPlan) openPlan(target.dataset.readPlan, target.dataset.readStart);
    else {
      event.preventDefault();
      atlas.select(target.dataset.feature, true);
    }
  });

  /* The map's frame says what is wanted; style sheets hide the rest, so nothing is drawn again. */
  function filter(button) {
    const frame = byId("map-frame");
    if (button.dataset.value) frame.dataset[button.dataset.filter] = button.dataset.value;
    else delete frame.dataset[button.dataset.filter];
    button.parentNode.querySelectorAll(".option").forEach((option) => {
      option.classList.toggle("on", option === button);
      option.setAttribute("aria-pressed", option === button);
    });
    atlas.labels.later();
    countShown(frame);
    if (button.dataset.bounds && atlas.leaflet) {
      const [west, south, east, north] = button.dataset.bounds.split(",").map(Number);
      atlas.leaflet.flyToBounds([[south, west], [north, east]], { duration: 0.6 });
    }
  }

  /* The numbers of the tree follow the filters: each holds its features as "plans:level" marks. */
  function countShown(frame) {
    const totals = {};
    document.querySelectorAll(".count[data-group]").forEach((node) => {
      const kept = node.dataset.features.split(" ").filter((mark) => {
        const [plans, level] = mark.split(":");
        return Number(level) <= Number(frame.dataset.level) && (!frame.dataset.plan || plans.split(",").includes(frame.dataset.plan));
      }).length;
      node.textContent = kept;
      totals[node.dataset.group] = (totals[node.dataset.group] || 0) + kept;
    });
    document.querySelectorAll(".count[data-total]").forEach((node) => (node.textContent = totals[node.dataset.total] || 0));
  }

  function toggleLayers(groups, categories, groupIds, categoryIds, members) {
    const trigger = window.dash_clientside.callback_context.triggered_id;
    const on = {};
    categoryIds.forEach((id, i) => (on[id.category] = categories[i]));
    if (trigger && trigger.type === "group-box") {
      const want = groups[groupIds.findIndex((id) => id.group === trigger.group)];
      members[trigger.group].forEach((category) => (on[category] = want));
    }
    Object.entries(on).forEach(([category, shown]) => {
      const pane = atlas.leaflet && atlas.leaflet.getPane("layer-" + category);
      if (pane) pane.style.display = shown ? "" : "none";
    });
    atlas.labels.later();
    const of = (group) => members[group.group].map((category) => on[category]);
    return [
      groupIds.map((g) => of(g).every(Boolean)),
      groupIds.map((g) => of(g).some(Boolean) && !of(g).every(Boolean)),
      categoryIds.map((id) => on[id.category]),
      Object.keys(on).filter((category) => on[category]),
    ];
  }

  function selectFromSearch(value) {
    if (value) atlas.select(value, true);
    return window.dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { planAtlas: { toggleLayers, selectFromSearch } });
})(window.planAtlas);
