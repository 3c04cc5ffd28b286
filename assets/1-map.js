/* Drawing: how features look on the map. Colours, widths, hatches and dashes come with each layer from
   data/layers.yaml; nothing here names a colour of a category. */
window.planAtlas = window.planAtlas || {};

(function (atlas) {
  "use strict";
  const { t, tn } = atlas;
  const SVG = "http://www.w3.org/2000/svg";

  /* One hatch pattern a category, in a hidden <svg> that every pane can refer to. */
  function hatch(look) {
    if (look.hatch === "none") return look.color;
    const id = "hatch-" + look.category;
    if (!document.getElementById(id)) addPattern(id, look);
    return "url(#" + id + ")";
  }

  function addPattern(id, look) {
    let defs = document.getElementById("hatch-defs");
    if (!defs) {
      const svg = document.createElementNS(SVG, "svg");
      svg.setAttribute("width", 0);
      svg.setAttribute("height", 0);
      svg.setAttribute("class", "hatch-frame");
      defs = svg.appendChild(document.createElementNS(SVG, "defs"));
      defs.id = "hatch-defs";
      document.body.appendChild(svg);
    }
    const lines = {
      diagonal: "M0 10L10 0M-2 2L2 -2M8 12L12 8",
      back: "M0 0L10 10M8 -2L12 2M-2 8L2 12",
      cross: "M5 0V10M0 5H10",
      waves: "M0 5q2.5 -3.5 5 0t5 0",
    };
    const pattern = element("pattern", { id: id, width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "scale(1.25)" });
    pattern.appendChild(element("rect", { width: 10, height: 10, fill: look.color, "fill-opacity": 0.045 }));
    pattern.appendChild(
      look.hatch === "dots"
        ? element("circle", { cx: 5, cy: 5, r: 1.1, fill: look.color, "fill-opacity": 0.5 })
        : element("path", { d: lines[look.hatch], fill: "none", stroke: look.color, "stroke-width": 1, "stroke-opacity": 0.34 })
    );
    defs.appendChild(pattern);
  }

  function element(name, attributes) {
    const node = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  }

  function isLine(feature) {
    return feature.geometry.type.endsWith("LineString");
  }

  function style(feature, context) {
    const look = context.hideout;
    const precision = look.precision[feature.properties.precision];
    const className = filterClasses(feature.properties);
    if (isLine(feature)) {
      return {
        className: className,
        color: look.color,
        weight: precision.soft ? Math.max(look.width, 6) : look.width,
        opacity: precision.stroke_opacity,
        dashArray: precision.dash || null,
        lineCap: precision.dash ? "butt" : "round",
        fill: false,
      };
    }
    return {
      className: className,
      color: look.color,
      weight: precision.soft ? 1 : Math.min(look.width, 2),
      opacity: precision.soft ? 0.35 : precision.stroke_opacity,
      dashArray: precision.soft ? "1 6" : precision.dash || null,
      fill: true,
      fillColor: precision.hatched ? hatch(look) : look.color,
      fillOpacity: precision.fill_opacity,
    };
  }

  /* Filters work by class: the map's frame says which levels and plans are wanted, style sheets hide the rest. */
  function filterClasses(properties) {
    return ["f", "lv-" + properties.level, "pr-" + properties.precision].concat(properties.plans.map((plan) => "in-" + plan)).join(" ");
  }

  /* A point: its category's symbol, hollow where only the district is known, with a number where several are known
     no better; an arrow head for the end of a directed line. */
  function point(feature, latlng, context) {
    const look = context.hideout;
    const properties = feature.properties;
    if (properties.bearing !== undefined) return L.marker(latlng, { icon: arrow(look, properties), pane: context.pane, keyboard: false });
    const precision = look.precision[properties.precision];
    const interactive = context.interactive !== false;
    return L.marker(latlng, { icon: symbol(look, precision, properties), pane: context.pane, keyboard: false, interactive: interactive });
  }

  const SHAPES = {
    circle: '<circle cx="10" cy="10" r="5"/>',
    square: '<rect x="5.2" y="5.2" width="9.6" height="9.6" rx="1"/>',
    diamond: '<path d="M10 3.6l6.4 6.4-6.4 6.4-6.4-6.4z"/>',
    triangle: '<path d="M10 4l6.3 11H3.7z"/>',
    star: '<path d="M10 2.6l2.2 4.9 5.3.5-4 3.6 1.2 5.2L10 14l-4.7 2.8 1.2-5.2-4-3.6 5.3-.5z"/>',
    cross: '<path d="M8 4h4v4h4v4h-4v4H8v-4H4V8h4z"/>',
  };

  function symbol(look, precision, properties) {
    const size = { 1: 22, 2: 18, 3: 14 }[properties.level];
    const together = properties.together ? properties.together.length : 0;
    const paint = precision.hollow
      ? 'fill="#fff" stroke="' + look.color + '" stroke-width="2"'
      : 'fill="' + look.color + '" stroke="#fff" stroke-width="1.4"';
    const marks = together ? properties.together.map((one) => one.plans.join(",") + ":" + one.level).join(" ") : "";
    const count = together ? '<b class="together" data-marks="' + marks + '" style="border-color:' + look.color + '">' + together + "</b>" : "";
    return L.divIcon({
      className: "symbol " + filterClasses(properties),
      iconSize: [size, size],
      html: '<svg viewBox="0 0 20 20" width="' + size + '" height="' + size + '"><g ' + paint + ">" + SHAPES[look.symbol] + "</g></svg>" + count,
    });
  }

  function arrow(look, properties) {
    return L.divIcon({
      className: "symbol " + filterClasses(properties),
      iconSize: [26, 26],
      html:
        '<svg viewBox="-13 -13 26 26" width="26" height="26"><path transform="rotate(' + Number(properties.bearing) +
        ')" d="M0 -12L8 6L0 2L-8 6z" fill="' + look.color + '" fill-opacity="0.85"/></svg>',
    });
  }

  function text(value) {
    const span = document.createElement("span");
    span.textContent = value;
    return span;
  }

  /* A tooltip is made for what is pointed at: a thousand at the start would cost as much as the map itself. From then
     on it opens by itself. */
  function firstOver(event, look) {
    const layer = event.target;
    if (layer.getTooltip()) return;
    layer.bindTooltip(() => tip(layer.feature.properties, look), { sticky: true, direction: "top", offset: [0, -6], className: "tip", opacity: 1 });
    layer.openTooltip(event.latlng);
  }

  function tip(properties, look) {
    const kept = properties.together ? keptOf(properties.together) : [properties];
    const kind = text(look.categoryName + " · " + look.precision[properties.precision].name);
    kind.className = "tip-kind";
    const node = document.createElement("div");
    node.append(kept.length === 1 ? atlas.planWords(kept[0].name) : text(tn("{n} 处只知所在辖区", kept.length)), kind);
    return node;
  }

  /* Of what stands together at one point: what the filters leave. */
  function keptOf(together) {
    const { only } = atlas.state;
    return together.filter((item) => atlas.keeps(item.id) && atlas.wanted(item.plans, item.level) && (!only || only.includes(item.id)));
  }

  const looks = new Map(); /* category -> how its layer looks */

  function onEach(feature, layer, context) {
    const properties = feature.properties;
    atlas.leaflet = context.map;
    if (layer.eachLayer) layer.eachLayer((point) => (point.feature = feature)); /* several points: each is filtered */
    atlas.labels.add(feature, context.hideout);
    const many = properties.together;
    if (many) layer.bindPopup(() => choices(many), { className: "choices", maxHeight: 320, minWidth: 220 });
    layer.on({
      add: function () {
        const node = layer.getElement && layer.getElement();
        if (node) drawn.set(node, { id: properties.id, name: properties.name, many: Boolean(many), size: size(layer) });
      },
      click: function (event) {
        L.DomEvent.stop(event);
        if (!many) pick(event.originalEvent, properties.id);
      },
      mouseover: (event) => firstOver(event, context.hideout),
    });
  }

  /* What lies under the pointer: the smallest thing is chosen, the others are offered in a bar on the map. */
  const drawn = new WeakMap();

  function size(layer) {
    if (!layer.getBounds) return 0; /* a point */
    const box = layer.getBounds();
    const extent = (box.getEast() - box.getWest()) * (box.getNorth() - box.getSouth());
    return layer instanceof L.Polygon ? extent + 1e-6 : 1e-9; /* a line before any area */
  }

  function pick(event, clicked) {
    const found = new Map();
    document.elementsFromPoint(event.clientX, event.clientY).forEach(function (node) {
      const item = drawn.get(node.closest(".leaflet-interactive"));
      if (item && !item.many && !found.has(item.id)) found.set(item.id, item);
    });
    const items = [...found.values()].sort((a, b) => a.size - b.size);
    const first = items.length ? items[0].id : clicked;
    atlas.select(first, false);
    if (atlas.state.tab !== "reader") atlas.showTab("feature");
    offer(items.filter((item) => item.id !== first));
  }

  function offer(items) {
    const bar = document.getElementById("under");
    bar.hidden = !items.length;
    const label = document.createElement("span");
    label.textContent = t("此处还有");
    bar.replaceChildren(label, ...items.slice(0, 8).map(function (item) {
      const button = document.createElement("button");
      button.className = "chip";
      button.dataset.feature = item.id;
      button.lang = "zh-CN";
      button.textContent = item.name;
      return button;
    }));
  }

  /* What is known no better than to its district stands at one point: a list to choose from. */
  function choices(many) {
    const list = document.createElement("div");
    many.filter((item) => atlas.shows(item.id)).forEach(function (item) {
      const button = document.createElement("button");
      button.className = "choice";
      button.dataset.feature = item.id;
      button.lang = "zh-CN";
      button.textContent = item.name;
      list.append(button);
    });
    return list;
  }

  /* What the highlight's layer draws for a feature, from the shapes that are on the map already, as
     layers/map_layers.py's one_feature gives it; null when the server has to be asked. */
  function highlight(id) {
    const { category, shapes } = atlas.opening.find(id);
    if (!shapes.length || !looks.has(category)) return null;
    const as = (role) => (shape) => Object.assign({}, shape, { properties: Object.assign({}, shape.properties, role) });
    const casing = shapes.filter((shape) => shape.properties.bearing === undefined).map(as({ role: "casing" }));
    return { data: { type: "FeatureCollection", features: [...casing, ...shapes.map(as({}))] }, hideout: looks.get(category) };
  }

  /* The chosen feature: a bright casing, and the feature itself above it as its layer draws it. */
  function highlightStyle(feature, context) {
    if (feature.properties.role !== "casing") return Object.assign(style(feature, context), { className: "" });
    return isLine(feature)
      ? { color: "#ffd400", weight: 15, opacity: 0.9, lineCap: "round", fill: false }
      : { color: "#ffb000", weight: 6, opacity: 1, fillColor: "#ffd400", fillOpacity: 0.1 };
  }

  function highlightPoint(feature, latlng, context) {
    const halo = feature.properties.halo_m;
    if (feature.properties.role !== "casing") return point(feature, latlng, context);
    const ring = L.circleMarker(latlng, { radius: 15, pane: context.pane, interactive: false });
    if (!halo) return ring;
    const look = { radius: halo, color: "#c98a00", weight: 2, dashArray: "3 5", fillColor: "#ffd400", fillOpacity: 0.1 };
    const around = L.circle(latlng, Object.assign(look, { pane: context.pane, interactive: false }));
    const both = L.featureGroup([around, ring]);
    both.setStyle = function (options) { ring.setStyle(options); return this; };
    return both;
  }

  /* Colours of the base map are the theme's: see .base-... in page.css. */
  function baseStyle(feature, context) {
    const name = context.hideout.base;
    L.Renderer.mergeOptions({ padding: 0.4 }); /* drawn a little beyond the view, so that a flight shows no bare sea */
    return { className: "base-" + name, fill: name !== "districts", fillOpacity: 1, opacity: 1, weight: name === "districts" ? 1.1 : 0.8 };
  }

  function baseLabel(feature, layer, context) {
    if (context.hideout.base !== "districts") return;
    const at = [feature.properties.lat, feature.properties.lon];
    atlas.labels.reserve(at, feature.properties.name);
    const label = L.divIcon({ className: "district-name", html: atlas.planWords(feature.properties.name), iconSize: [0, 0] });
    L.marker(at, { icon: label, pane: context.pane, interactive: false, keyboard: false }).addTo(context.map);
  }

  atlas.map = { style, point, onEach, highlight, highlightStyle, highlightPoint, baseStyle, baseLabel };
})(window.planAtlas);
