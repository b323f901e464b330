// A figure enlarged: a view that zooms, in which it is saved as SVG and PNG, and linked to. Loaded for the first one (figure.js).
"use strict";
{
  const words = document.documentElement.lang.startsWith("zh")
    ? { close: "关闭", larger: "放大一级", smaller: "缩小一级", fit: "适合窗口", save: "下载 {}", light: "浅色，供论文使用", link: "链接", linked: "本图的链接", hint: "滚轮、双指或 + − 0 键缩放，拖动平移" }
    : { close: "Close", larger: "Zoom in", smaller: "Zoom out", fit: "Fit", save: "Download {}", light: "Light, for a paper", link: "Link", linked: "Link to this figure", hint: "Wheel, two fingers, or + − 0 zoom; drag to move" };
  const SVG = "http://www.w3.org/2000/svg";

  function button(label, name, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "tool";
    made.textContent = label;
    if (name !== label) made.setAttribute("aria-label", name);
    made.addEventListener("click", act);
    return made;
  }

  const captionOf = (figure) => figure.querySelector("figcaption").innerText.trim();

  // --- downloads ---

  // The ground of a saved picture: white, as paper is, or the dark one on which it is shown.
  function paper() {
    const dark = stage.closest("[data-md-color-scheme]").dataset.mdColorScheme === "slate";
    return dark ? getComputedStyle(stage).backgroundColor : "rgb(255, 255, 255)";
  }

  // A copy that looks the same without the page: its colours and fonts written out, on a ground.
  function standalone(svg, caption) {
    const copy = svg.cloneNode(true);
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const originals = svg.querySelectorAll("*");
    copy.querySelectorAll("*").forEach((element, index) => {
      const style = getComputedStyle(originals[index]);
      for (const name of ["fill", "stroke"]) if (element.hasAttribute(name)) element.setAttribute(name, style[name]);
    });
    copy.setAttribute("xmlns", SVG);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.setAttribute("font-family", getComputedStyle(svg).fontFamily);
    copy.setAttribute("stroke-linejoin", "round");
    copy.setAttribute("fill", getComputedStyle(svg).color);
    const ground = document.createElementNS(SVG, "rect");
    ground.setAttribute("width", "100%");
    ground.setAttribute("height", "100%");
    ground.setAttribute("fill", paper());
    copy.prepend(Object.assign(document.createElementNS(SVG, "title"), { textContent: caption }), ground);
    return new XMLSerializer().serializeToString(copy);
  }

  function download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // A strict policy loads no image from a data: or blob: address, so the parts of a figure are drawn one by one.
  function paint(svg, context) {
    const matrix = (element) => svg.getScreenCTM().inverse().multiply(element.getScreenCTM());
    for (const part of svg.querySelectorAll("path, use, text, tspan")) {
      if (part.closest("defs, clipPath") || (part.localName === "text" && part.querySelector("tspan"))) continue;
      context.save();
      const clipped = part.closest("[clip-path]");
      if (clipped) {
        const shape = svg.querySelector(clipped.getAttribute("clip-path").slice(4, -1)).firstElementChild;
        const region = new Path2D();
        region.addPath(outline(shape), matrix(clipped));
        context.clip(region);
      }
      const { a, b, c, d, e, f } = matrix(part);
      context.transform(a, b, c, d, e, f);
      if (part.localName === "use") {
        context.translate(part.x.baseVal.value, part.y.baseVal.value);
        paintShape(context, svg.querySelector(part.getAttribute("href")), part);
      } else if (part.localName === "path") paintShape(context, part, part);
      else paintText(context, part);
      context.restore();
    }
  }

  function outline(shape) {
    if (shape.localName === "path") return new Path2D(shape.getAttribute("d"));
    const path = new Path2D();
    path.rect(...["x", "y", "width", "height"].map((name) => Number(shape.getAttribute(name))));
    return path;
  }

  // What a shape does not say of itself, the element that uses it says.
  function paintShape(context, shape, user) {
    const value = (name) => getComputedStyle(shape.hasAttribute(name) ? shape : user).getPropertyValue(name);
    const path = outline(shape);
    for (const way of ["fill", "stroke"]) {
      if (value(way) === "none") continue;
      context[`${way}Style`] = value(way);
      context.globalAlpha = value("opacity") * value(`${way}-opacity`);
      if (way === "stroke") {
        context.lineWidth = parseFloat(value("stroke-width"));
        context.lineCap = value("stroke-linecap");
        context.lineJoin = "round";
        const dashes = value("stroke-dasharray");
        context.setLineDash(dashes === "none" ? [] : dashes.split(/[\s,]+/).map(parseFloat));
      }
      if (way === "fill") context.fill(path, value("fill-rule"));
      else context.stroke(path);
    }
  }

  function paintText(context, part) {
    const style = getComputedStyle(part);
    context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    context.fillStyle = style.fill;
    context.globalAlpha = style.opacity;
    for (let i = 0; i < part.getNumberOfChars(); ) {
      const sign = String.fromCodePoint(part.textContent.codePointAt(i));
      const { x, y } = part.getStartPositionOfChar(i);
      context.fillText(sign, x, y);
      i += sign.length;
    }
  }

  function saveAsPNG(svg, name) {
    const { width, height } = svg.viewBox.baseVal;
    const scale = 2 * (96 / 72); // twice as many pixels as its size on a page; a figure's unit is a point
    const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
    const context = canvas.getContext("2d");
    context.fillStyle = paper();
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.scale(scale, scale);
    paint(svg, context);
    canvas.toBlob((blob) => download(blob, name), "image/png");
  }

  // --- the larger view ---

  const dialog = document.createElement("dialog");
  dialog.className = "figure-view";
  const stage = document.createElement("div");
  stage.className = "figure-stage";
  stage.tabIndex = 0;
  let scale = 1, shown; // the figure in the view

  // Zoom by a factor, keeping the point (x, y) of the window where it is.
  function zoom(factor, x = innerWidth / 2, y = innerHeight / 2) {
    const next = Math.min(8, Math.max(1, scale * factor));
    const box = stage.getBoundingClientRect();
    const [left, top] = [stage.scrollLeft + x - box.left, stage.scrollTop + y - box.top];
    stage.firstElementChild.style.setProperty("--zoom", next);
    stage.scrollLeft += left * (next / scale - 1);
    stage.scrollTop += top * (next / scale - 1);
    scale = next;
  }
  const fit = () => zoom(1 / scale);

  function open(figure) {
    const svg = figure.querySelector(".explorable")?.picture?.() ?? figure.querySelector("svg");
    const name = captionOf(figure);
    const copy = new DOMParser().parseFromString(
      new XMLSerializer().serializeToString(svg).replace(/(\sid="|url\(#|href="#)/g, "$1view-"), // ids are unique on a page
      "image/svg+xml",
    ).documentElement;
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const frame = document.createElement("div");
    frame.className = "figure-frame";
    frame.style.setProperty("--ratio", width / height);
    frame.append(copy);
    [scale, shown] = [1, figure];
    stage.replaceChildren(frame);
    link.href = location.hash.startsWith(`#${figure.id}:`) ? location.hash : `#${figure.id}`; // of one to touch, as it stands
    dialog.setAttribute("aria-label", name);
    stage.setAttribute("aria-label", name);
    dialog.showModal(); // and focus returns to the button when it closes
    stage.focus();
  }

  // --- its buttons ---

  const page = location.pathname.split("/").filter((part) => part && part !== "index.html").pop() || "figure";

  function save(kind) {
    const svg = stage.querySelector("svg");
    const name = `${page.replace(/\.html$/, "")}-${shown.id.replace(/^fig-/, "")}.${kind.toLowerCase()}`;
    if (kind === "PNG") saveAsPNG(svg, name);
    else download(new Blob([standalone(svg, captionOf(shown))], { type: "image/svg+xml" }), name);
  }

  // A dark page shows the figure, and saves it, in the colours of a light one.
  const light = button(words.light, words.light, () => {
    const on = !stage.dataset.mdColorScheme;
    if (on) stage.dataset.mdColorScheme = "default";
    else delete stage.dataset.mdColorScheme;
    light.setAttribute("aria-pressed", on);
  });
  light.setAttribute("aria-pressed", false);

  const link = Object.assign(document.createElement("a"), { className: "tool", textContent: words.link, ariaLabel: words.linked });
  link.addEventListener("click", () => dialog.close());

  const bar = document.createElement("div");
  bar.className = "figure-bar";
  const hint = Object.assign(document.createElement("span"), { className: "figure-hint", textContent: words.hint });
  bar.append(
    hint,
    button("−", words.smaller, () => zoom(1 / 1.5)),
    button(words.fit, words.fit, fit),
    button("+", words.larger, () => zoom(1.5)),
    light,
    ...["SVG", "PNG"].map((kind) => button(kind, words.save.replace("{}", kind), () => save(kind))),
    link,
    button(words.close, words.close, () => dialog.close()),
  );
  stage.setAttribute("role", "group");
  dialog.append(stage, bar);

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
  }, { passive: false });

  dialog.addEventListener("keydown", (event) => {
    const act = { "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: fit }[event.key];
    if (act && !event.ctrlKey && !event.metaKey) act();
  });

  const fingers = new Map(); // one moves (a mouse too), two zoom
  stage.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    if (other) {
      const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY) || 1;
      zoom(apart(event) / apart(before), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
    } else {
      stage.scrollBy(before.clientX - event.clientX, before.clientY - event.clientY);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => fingers.delete(event.pointerId));

  document.body.append(dialog);
  globalThis.enlargeFigure = open;
}
