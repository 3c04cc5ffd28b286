/* 「分享」: the link of the view to copy, and its QR code. A long link is kept on the server and handed on by a short id. */
(function (atlas) {
  "use strict";
  const { t } = atlas;
  const byId = (id) => document.getElementById(id);

  /* {address, words}: the full address that opens a link; words say why there is none. */
  async function address(link) {
    if (link.length > atlas.viewLink.LONGEST) return { address: "", words: t("这个视图太复杂，链接里放不下：请去掉一些筛选再分享。") };
    if (link.length <= atlas.viewLink.SHORT) return { address: location.origin + "/" + link, words: "" };
    try {
      const answer = await fetch("/links", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ link: link }) });
      if (!answer.ok) return { address: "", words: await answer.text() };
      return { address: location.origin + "/" + (await answer.json()).path, words: "" };
    } catch (error) {
      return { address: "", words: t("短链接没有存成，请检查服务是否还在运行。") };
    }
  }

  /* Words for a link that others cannot open. */
  const ofThisMachine = () => /^(localhost|127\..*|\[::1\])$/.test(location.hostname);

  async function open() {
    const link = atlas.link.compose();
    const box = byId("share-link");
    box.value = "";
    byId("share-words").textContent = "";
    byId("share").showModal();
    document.querySelector('[data-share="copy"]').focus();
    const made = await address(link);
    box.value = made.address;
    say(made.words || (ofThisMachine() ? t("这个地址只有这台电脑能打开。要给别人看：用 --host 0.0.0.0 启动，再从本机的网络地址打开本页。") : ""));
    byId("share-code").hidden = !made.address;
    if (made.address) byId("share-code").src = "/qr.svg?link=" + encodeURIComponent(link);
  }

  const say = (words) => (byId("share-words").textContent = words);

  async function copy() {
    const box = byId("share-link");
    if (!box.value) return;
    try {
      await navigator.clipboard.writeText(box.value);
      say(t("链接已复制，别人打开就是这个视图。"));
    } catch (error) {
      box.focus();
      box.select();
      say(t("浏览器不让网页复制：链接已选中，请按 Ctrl+C。"));
    }
  }

  document.addEventListener("focusin", (event) => event.target.id === "share-link" && event.target.select());

  const COMMANDS = { close: () => byId("share").close(), copy: copy, open: () => atlas.openFile.choose() };

  document.addEventListener("click", function (event) {
    if (event.target.closest("#share-button")) return open();
    const button = event.target.closest("[data-share]");
    if (button) COMMANDS[button.dataset.share]();
    else if (event.target.id === "share") byId("share").close(); /* beside the dialog */
  });

  atlas.share = { address };
})(window.planAtlas);
