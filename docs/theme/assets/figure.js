// Each figure can be enlarged, by a press on it or by its button; what that needs is loaded for the first one.
"use strict";
{
  const { dataset, src } = document.currentScript;
  const view = dataset.figures ?? new URL("figure-view.js", src).href;
  const words = document.documentElement.lang.startsWith("zh")
    ? { zoom: "放大、下载", failed: "没有载入，请再按一次", of: "：" }
    : { zoom: "Enlarge, save", failed: "Not loaded; press again", of: ": " };
  let loading;

  /** Load what enlarges; resolves to whether it is there. */
  function load() {
    return new Promise((resolve) => {
      document.head.append(Object.assign(document.createElement("script"), { src: view, onload: () => resolve(true), onerror: () => resolve(false) }));
    });
  }

  function label(button, text) {
    button.textContent = text;
    button.setAttribute("aria-label", text + words.of + button.dataset.number);
  }

  async function enlarge(figure, button) {
    const loaded = await (loading ??= load());
    if (!loaded) loading = undefined;
    button.classList.toggle("failed", !loaded);
    label(button, loaded ? words.zoom : words.failed);
    if (loaded) enlargeFigure(figure);
  }

  for (const figure of document.querySelectorAll("figure.figure")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "tool enlarge" });
    button.dataset.number = figure.querySelector(".caption-number").textContent.replace(/[\s.　]+$/, "");
    label(button, words.zoom);
    button.addEventListener("click", () => enlarge(figure, button));
    figure.querySelector("figcaption").before(button);
    figure.querySelector(".drawing").addEventListener("click", () => {
      if (!document.getSelection().isCollapsed) return;
      button.focus({ preventScroll: true }); // focus comes back here
      enlarge(figure, button);
    });
  }
}
