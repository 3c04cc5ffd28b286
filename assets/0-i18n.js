/* The language of this window. Chinese text is the message; the page brings the translations of another language in
   <script id="messages" type="application/json">, and every request then says which language it wants. */
window.planAtlas = window.planAtlas || {};

(function (atlas) {
  "use strict";
  const language = document.documentElement.lang.split("-")[0];
  const data = document.getElementById("messages");
  const messages = data ? JSON.parse(data.textContent) : {};
  const FORMS = ["zero", "one", "two", "few", "many", "other"];
  const rules = new Intl.PluralRules(language);
  const forms = FORMS.filter((form) => rules.resolvedOptions().pluralCategories.includes(form));

  const fill = (text, values) => (values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole)) : text);

  /* t("第 {line} 行", { line: 3 }) */
  atlas.t = (message, values) => fill(messages[message] || message, values);

  /* tn("{n} 个要素", 3): a message that counts. */
  const form = (message, n) => (messages[message] ? messages[message][forms.indexOf(rules.select(n))] : message);
  atlas.tn = (message, n, values) => fill(form(message, n), Object.assign({ n: n }, values));

  /* The same with values that may be nodes: a list of texts and nodes, to be appended. */
  const pieces = (text, values) => text.split(/(\{\w+\})/).filter(Boolean).map((piece) => (/^\{\w+\}$/.test(piece) ? values[piece.slice(1, -1)] : piece));
  atlas.phrase = (message, values) => pieces(messages[message] || message, values);
  atlas.phraseN = (message, n, values) => pieces(form(message, n), Object.assign({ n: n }, values));

  /* An element that holds the plan's own words, marked as Chinese in every language of the interface. */
  atlas.planWords = function (words, tag) {
    const node = document.createElement(tag || "span");
    node.lang = "zh-CN";
    node.textContent = words;
    return node;
  };

  /* A path of this server that is to be answered in this window's language. */
  atlas.url = (path) => (language === "zh" || /[?&]lang=/.test(path) ? path : path + (path.includes("?") ? "&" : "?") + "lang=" + language);

  atlas.language = language;

  if (language !== "zh") {
    const ask = window.fetch;
    window.fetch = function (what, ...rest) {
      return ask.call(this, typeof what === "string" && !/^[a-z]+:/.test(what) ? atlas.url(what) : what, ...rest);
    };
  }

  /* The switch: the page comes again in the other language with the same view, and the choice is kept. */
  const YEAR_S = 31536000;

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-language]");
    if (!button) return;
    const { encode, decode } = atlas.viewLink;
    const language = button.dataset.language;
    document.cookie = "plan_atlas_lang=" + language + "; path=/; max-age=" + YEAR_S + "; samesite=lax";
    location.assign("/" + encode(Object.assign(decode(atlas.link.compose()).state, { lang: language })));
  });
})(window.planAtlas);
