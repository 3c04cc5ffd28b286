/* What the page asks for first is on its way before any script runs: the document names it in <link rel="preload"
   as="fetch">. Here each such answer goes to the first who asks for its path; whoever asks again asks the server, and so
   does the first one when the early answer failed. */
window.planAtlas = window.planAtlas || {};

(function (atlas) {
  "use strict";
  const ask = (...request) => plain.apply(window, request);
  const plain = window.fetch;
  const early = new Map();

  /* The answer to the first request for a path: a promise of a Response, or of null for "ask the server". */
  function promise(path, answer) {
    early.set(path, answer.catch(() => null));
  }

  document.querySelectorAll('link[rel="preload"][as="fetch"]:not([data-paths])').forEach(function (link) {
    promise(new URL(link.href).pathname, ask(link.href).then((answer) => (answer.ok ? answer : null)));
  });

  window.fetch = async function (what, ...rest) {
    const path = typeof what === "string" && what.startsWith("/") ? what.split("?")[0] : null;
    const awaited = early.get(path);
    if (!awaited) return ask(what, ...rest);
    early.delete(path);
    const answer = await awaited;
    return answer || ask(what, ...rest);
  };

  atlas.early = { promise, ask };
})(window.planAtlas);
