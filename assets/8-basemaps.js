/* Base maps from the network, asked for tiles only once they are picked. The map stays in WGS 84: a base map of another
   datum is moved beneath it, by the shift at
   the middle of the view (two pixels off at the edges at most: the shift changes by 0.3 % of the way). When none of its tiles comes, the offline base map
   is back and the page says why. */
(function (atlas) {
  "use strict";
  const OFFLINE = "offline";
  const PATIENCE_MS = 12000;
  let layers = [];
  let asked = null;

  /* The shift at a point: between the four points of the grid around it. */
  function shiftAt(grid, at) {
    const clamp = (value, most) => Math.min(Math.max(value, 0), most);
    const x = clamp((at.lng - grid.west) / grid.step, grid.rows[0].length - 1.001);
    const y = clamp((at.lat - grid.south) / grid.step, grid.rows.length - 1.001);
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - i, y - j];
    const mix = (k) =>
      (1 - v) * ((1 - u) * grid.rows[j][i][k] + u * grid.rows[j][i + 1][k]) +
      v * ((1 - u) * grid.rows[j + 1][i][k] + u * grid.rows[j + 1][i + 1][k]);
    return L.latLng(at.lat + mix(1), at.lng + mix(0));
  }

  /* Tiles of another datum: which are needed, and where they stand, is reckoned from the moved middle of the view. */
  function moved(url, options, grid) {
    const Moved = L.TileLayer.extend({
      _getTiledPixelBounds: function (center) {
        return L.TileLayer.prototype._getTiledPixelBounds.call(this, shiftAt(grid, L.latLng(center)));
      },
      _setZoomTransform: function (level, center, zoom) {
        L.TileLayer.prototype._setZoomTransform.call(this, level, shiftAt(grid, L.latLng(center)), zoom);
      },
      _onMoveEnd: function () {
        if (!this._map || this._map._animatingZoom) return;
        this._setZoomTransforms(this._map.getCenter(), this._map.getZoom());
        L.TileLayer.prototype._onMoveEnd.call(this);
      },
    });
    return new Moved(url, options);
  }

  function remove() {
    layers.forEach((layer) => layer.remove());
    layers = [];
    atlas.leaflet.getContainer().classList.remove("online");
  }

  function back(name) {
    remove();
    asked = OFFLINE;
    document.querySelector('.basemap-list input[value="' + OFFLINE + '"]').checked = true;
    atlas.tools.say("", atlas.t("连不上「{name}」，已回到离线底图。", { name: name }));
  }

  function add(name, basemap) {
    const options = {
      subdomains: basemap.subdomains,
      maxZoom: 22,
      maxNativeZoom: basemap.maxZoom,
      zIndex: 1,
      referrerPolicy: "origin", /* tile servers ask who shows their tiles; nothing of the link is told */
    };
    layers = basemap.urls.map((url) => (basemap.shift ? moved(url, options, basemap.shift) : L.tileLayer(url, options)));
    layers[0].options.attribution = L.Util.template("<span>{text}</span>", { text: escaped(basemap.attribution) });
    watch(name, layers[0]);
    atlas.leaflet.getContainer().classList.add("online");
    layers.forEach((layer) => layer.addTo(atlas.leaflet));
  }

  function escaped(text) {
    const node = document.createElement("span");
    node.textContent = text;
    return node.innerHTML;
  }

  /* No tile of a view has come: the network or the service is gone. */
  function watch(name, layer) {
    let came = 0;
    let failed = 0;
    let timer = null;
    const lost = () => layers.includes(layer) && !came && back(name);
    layer.on("loading", function () {
      came = failed = 0;
      clearTimeout(timer);
      timer = setTimeout(lost, PATIENCE_MS);
    });
    layer.on("tileload", () => (came += 1));
    layer.on("tileerror", () => (failed += 1) >= 4 && lost());
    layer.on("load", () => failed && lost());
    layer.on("remove", () => clearTimeout(timer));
  }

  async function pick(id) {
    if (!atlas.leaflet || id === asked) return;
    asked = id;
    remove();
    if (id === OFFLINE) return;
    const input = document.querySelector('.basemap-list input[value="' + CSS.escape(id) + '"]');
    const name = input ? input.parentElement.querySelector(".basemap-name").textContent : id;
    try {
      const answer = await fetch("/basemaps/" + encodeURIComponent(id) + ".json");
      if (!answer.ok) throw new Error(answer.status);
      const basemap = await answer.json();
      if (asked === id) add(name, basemap);
    } catch (error) {
      if (asked === id) back(name);
    }
  }

  document.addEventListener("change", function ({ target }) {
    if (target.closest(".basemap-list")) pick(target.value);
  });
})(window.planAtlas);
