/* Tools on the map: back to the whole city, to what is chosen, coordinates under the pointer, measuring. A tool that
   stays on takes the clicks of the map until Esc, Enter or a double click ends it; by keyboard, Enter on the map takes
   the point in its middle. */
(function (atlas) {
  "use strict";
  const t = atlas.t;
  const byId = (id) => document.getElementById(id);
  const WORDS = {
    length: t("点击加点，双击或 Esc 结束（键盘：方向键移图，回车取图中心）"),
    area: t("点击加点，双击或 Esc 结束（键盘：方向键移图，回车取图中心）"),
    box: t("拖出一个框，或按回车取当前视野，Esc 取消"),
  };
  const MORE = t("双击或 Esc 结束");
  let tool = null;
  let points = []; /* L.LatLng */
  let shape = null;
  let ended = false;

  const map = () => atlas.leaflet;
  const frame = () => byId("map-frame");
  const lonLat = (at) => [at.lng, at.lat];

  function home(button) {
    const [west, south, east, north] = button.dataset.bounds.split(",").map(Number);
    map().flyToBounds([[south, west], [north, east]], { duration: 0.6 });
  }

  function fit() {
    if (atlas.state.feature) return atlas.select(atlas.state.feature, true);
    say("", t("还没有选中的要素，先在地图上点一个。"));
  }

  function say(result, words) {
    byId("tool-bar").hidden = !result && !words;
    byId("tool-result").textContent = result;
    byId("tool-words").textContent = words;
  }

  /* tools that stay on */
  function start(name) {
    const again = name === tool;
    stop();
    if (again) return;
    tool = name;
    frame().classList.add("tooling");
    document.querySelector('[data-tool="' + name + '"]').setAttribute("aria-pressed", "true");
    map().doubleClickZoom.disable();
    if (name === "box") map().dragging.disable();
    say("", WORDS[name]);
    map().getContainer().focus({ preventScroll: true });
  }

  /* The tool is put away; what was measured stays until it is closed or another tool is taken. */
  function rest() {
    if (tool) document.querySelector('[data-tool="' + tool + '"]').setAttribute("aria-pressed", "false");
    tool = null;
    frame().classList.remove("tooling");
    map().dragging.enable();
    setTimeout(() => map().doubleClickZoom.enable(), 300);
  }

  function stop() {
    rest();
    if (shape) shape.remove();
    shape = null;
    points = [];
    ended = false;
    say("", "");
  }

  function pane() {
    if (!map().getPane("tools")) {
      const made = map().createPane("tools");
      made.style.zIndex = 645;
      made.style.pointerEvents = "none";
    }
    return "tools";
  }

  function add(at) {
    const last = points[points.length - 1];
    if (last && map().latLngToContainerPoint(last).distanceTo(map().latLngToContainerPoint(at)) < 4) return;
    points.push(at);
    draw(points);
  }

  function draw(corners) {
    if (shape) shape.remove();
    const look = { pane: pane(), interactive: false, className: "measured", weight: 2.5 };
    const line = tool === "area" && corners.length > 2 ? L.polygon(corners, look) : L.polyline(corners, look);
    const dots = points.map((at) => L.circleMarker(at, Object.assign({}, look, { radius: 3.5, className: "measured-point" })));
    shape = L.layerGroup([line, ...dots]).addTo(map());
    const way = corners.map(lonLat);
    const { length, area, lengthWords, areaWords } = atlas.geodesy;
    if (tool === "length") say(corners.length > 1 ? t("长 {length}", { length: lengthWords(length(way)) }) : "", corners.length > 1 ? MORE : WORDS.length);
    else say(corners.length > 2 ? t("面积 {area}，周长 {length}", { area: areaWords(area(way)), length: lengthWords(length([...way, way[0]])) }) : "", corners.length > 2 ? MORE : WORDS.area);
  }

  function finish() {
    const enough = points.length >= (tool === "area" ? 3 : 2);
    if (!enough) return stop();
    draw(points);
    say(byId("tool-result").textContent, t("沿椭球面（WGS 84）量得"));
    ended = true;
    rest();
  }

  const measuring = () => tool === "length" || tool === "area";

  function watch() {
    map().on("click", (event) => measuring() && add(event.latlng));
    map().on("dblclick", () => measuring() && finish());
    map().on("mousemove", function (event) {
      if (measuring() && points.length) draw([...points, event.latlng]);
      read(event.latlng);
    });
    map().on("mouseout", () => read(null));
    map().on("move", () => map().getContainer().matches(":focus-visible") && read(map().getCenter()));
    map().getContainer().addEventListener("focus", () => map().getContainer().matches(":focus-visible") && read(map().getCenter()));
    map().getContainer().addEventListener("blur", () => read(null));
  }

  /* coordinates */
  function read(at) {
    const box = byId("readout");
    box.hidden = !at;
    if (!at) return;
    const [east, north] = atlas.geodesy.grid(lonLat(at));
    const degrees = (value, plus, minus) => Math.abs(value).toFixed(5) + "°" + (value < 0 ? minus : plus);
    const metres = (value) => Math.round(value).toLocaleString("zh-CN");
    box.textContent = t("WGS 84　{lon}，{lat}", { lon: degrees(at.lng, "E", "W"), lat: degrees(at.lat, "N", "S") }) + "\n" + t("CGCS2000 / EPSG:4549　东 {east} 米，北 {north} 米", { east: metres(east), north: metres(north) });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-tool], #tool-close");
    if (!button || !map()) return;
    const name = button.dataset.tool;
    if (!name) return measuring() && points.length > 1 ? finish() : stop();
    if (name === "home") home(button);
    else if (name === "fit") fit();
    else start(name);
  });

  document.addEventListener(
    "keydown",
    function (event) {
      if (!map() || (!tool && !ended)) return;
      if (event.key === "Escape") {
        event.stopPropagation();
        if (measuring() && points.length > 1) finish();
        else stop();
      }
      if (event.key === "Enter" && event.target === map().getContainer()) {
        if (measuring()) add(map().getCenter());
        if (tool === "box") atlas.box.ask(map().getBounds());
      }
    },
    true
  );

  atlas.tools = { stop, say, pane, active: () => tool };

  const begin = setInterval(function () {
    if (!atlas.leaflet || !byId("readout")) return;
    clearInterval(begin);
    watch();
  }, 50);
})(window.planAtlas);
