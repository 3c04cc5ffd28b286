/* Scripts of component packages that only some pages use come when such a page is opened for the first time. */
window.planAtlas = window.planAtlas || {};

(function (atlas) {
  "use strict";
  const coming = new Map(); /* URL -> promise */

  function load({ dataset }) {
    const { src } = dataset;
    if (!coming.has(src)) coming.set(src, run(src));
    coming.get(src).catch(() => coming.delete(src)); /* asked for again next time */
    return coming.get(src);
  }

  /* Fetched first: a server that is gone is then said as for any other request (assets/6-lost.js). */
  async function run(src) {
    const answer = await window.fetch(src);
    if (!answer.ok) throw new Error(src + ": " + answer.status);
    await new Promise(function (loaded, failed) {
      const script = document.createElement("script");
      script.src = src;
      script.onload = loaded;
      script.onerror = failed;
      document.body.append(script);
    });
  }

  atlas.later = (page) => Promise.all([...document.querySelectorAll('template[data-later="' + page + '"]')].map(load));
})(window.planAtlas);
