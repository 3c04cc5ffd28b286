/* A file of ours brings its view back: dropped anywhere on the page, or chosen in 「分享」. The server reads what the file
   says of itself and keeps nothing. */
(function (atlas) {
  "use strict";
  const { t } = atlas;
  const MOST_BYTES = 100e6;
  const ACCEPTED = ".png,.svg,.pdf,.pptx,.xlsx,.html,.kml,.geojson,.json,.gpkg";
  const byId = (id) => document.getElementById(id);
  let depth = 0; /* of elements the file is held over */

  const hasFiles = (event) => Boolean(event.dataTransfer) && [...event.dataTransfer.types].includes("Files");

  function hint(on) {
    if (!on) depth = 0;
    if (byId("drop-hint")) byId("drop-hint").hidden = !on;
  }

  document.addEventListener("dragenter", function (event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth += 1;
    hint(true);
  });
  document.addEventListener("dragleave", function (event) {
    if (!hasFiles(event)) return;
    depth -= 1;
    if (depth <= 0) hint(false);
  });
  document.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  document.addEventListener("drop", function (event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    hint(false);
    bring([...event.dataTransfer.files]);
  });

  function choose() {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", accept: ACCEPTED, id: "carried-file", hidden: true });
    input.addEventListener("change", () => bring([...input.files]).finally(() => input.remove()));
    document.body.append(input);
    input.click();
  }

  async function bring(files) {
    if (!files.length) return say(t("没有拿到文件，请再试一次。"));
    if (files.length > 1) return say(t("一次打开一个文件。"));
    const [file] = files;
    if (file.size > MOST_BYTES) return say(t("「{name}」超过 {most} MB，没有打开。", { name: file.name, most: MOST_BYTES / 1e6 }));
    say(t("正在读「{name}」……", { name: file.name }));
    try {
      const answer = await fetch("/carried-view", { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: await file.arrayBuffer() });
      if (!answer.ok) return say(t("「{name}」没有打开：{why}。", { name: file.name, why: await answer.text() }));
      show(file.name, await answer.json());
    } catch (error) {
      say(t("「{name}」没有读出来：它可能是文件夹，或服务没有回应。", { name: file.name }));
    }
  }

  function show(name, view) {
    if (byId("share").open) byId("share").close();
    const other = view.same === false ? t("文件出自另一版数据（{version}），现在的图可能与它不同。", { version: view.version.slice(0, 12) }) : "";
    say(t("已回到「{name}」的视图。", { name: name }) + other);
    atlas.link.go(view.link);
  }

  /* Where the reader is looking. */
  function say(words) {
    if (byId("share").open) byId("share-words").textContent = words;
    else atlas.notice(words);
  }

  atlas.openFile = { choose };
})(window.planAtlas);
