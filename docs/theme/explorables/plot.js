// Drawing for figures to touch: scales, axes, contours, and whole paths in one node, with the colours and sizes of our figures.
const SVG = "http://www.w3.org/2000/svg";
const FAR = 1e4; // a coordinate beyond it is drawn there
let panels = 0;

/** Make an SVG element, as the last in its parent if it has one. */
export function node(parent, name, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  parent?.append(made);
  return made;
}

/** Give an element an attribute, unless it has it: even the same value again would be styled, laid out, and painted anew. */
export function change(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Give a text other words, if they are others; return whether they were. */
export function rewrite(text, words) {
  if (text.data === words) return false;
  text.data = words;
  return true;
}

/** Write a number as the book does: with a minus, and powers of ten where it would be long. */
export function number(value, digits = 12) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "–";
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  const [mantissa, exponent] = rounded.toExponential().split("e");
  if (size === 0 || (size < 1e5 && size >= 1e-4)) return String(rounded).replace("-", "−");
  const power = `10${exponent.replace("+", "").replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)])}`;
  return (mantissa === "1" ? power : `${mantissa} × ${power}`).replace("-", "−");
}

/** Return a number as a hand can set it, so that an address stays short. */
export const short = (value) => Number(value.toPrecision(4));

/** Return a function from numbers to coordinates; its `back` leads from coordinates to numbers. */
export function scale([from, to], [start, end], log = false) {
  const [way, home] = log ? [Math.log10, (value) => 10 ** value] : [Number, Number];
  const [low, high] = [way(from), way(to)];
  const unit = (end - start) / (high - low);
  const coordinate = (value) => start + (way(value) - low) * unit;
  return Object.assign(coordinate, { back: (at) => home(low + (at - start) / unit) });
}

/** Return round numbers between two bounds, about as many as asked for; on a logarithmic scale powers of ten. */
export function ticks([from, to], log = false, count = 6) {
  const [low, high] = log ? [Math.log10(from), Math.log10(to)] : [from, to];
  const rough = (high - low) / count;
  const power = log ? 1 : 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(log ? 1 : 0, [1, 2, 5, 10].find((times) => times * power >= rough * 0.999) * power);
  const first = Math.ceil(low / step - 1e-9);
  const found = Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
  return log ? found.map((exponent) => Number(`1e${Math.round(exponent)}`)) : found.map((value) => Number(value.toPrecision(12)));
}

/** Write a text; between two $ stands a letter of a formula, with an index after _, as in "$x_1$". */
export function label(parent, x, y, words, attributes = {}) {
  const text = node(parent, "text", { x, y, "font-size": "10px", fill: "currentColor", ...attributes });
  let low = 0;
  const piece = (written, down, how = {}) => {
    if (!written) return;
    node(text, "tspan", { dy: down - low, ...how }, written);
    low = down;
  };
  words.split("$").forEach((part, index) => {
    const [letter, below] = index % 2 ? part.split("_") : [part];
    piece(letter, 0, index % 2 ? { "font-style": "oblique" } : {});
    piece(below, 2, { "font-size": "9.7px" });
  });
  return text;
}

/** Let a group have these texts, each with its place: [x, y, words]. */
function names(group, places) {
  while (group.childNodes.length > places.length) group.lastChild.remove();
  while (group.childNodes.length < places.length) node(group, "text", { "font-size": "10px", fill: "currentColor" }).append(new Text());
  places.forEach(([x, y, words], i) => {
    const text = group.childNodes[i];
    change(text, "x", x);
    change(text, "y", y);
    rewrite(text.firstChild, words);
  });
}

const round = (at) => Math.round(Math.min(FAR, Math.max(-FAR, at)) * 10) / 10;

/** Return an ellipse about a point, in coordinates, as the `d` of a path. */
export function ellipse(x, y, wide, high) {
  return `M${round(x - wide)} ${round(y)}a${round(wide)} ${round(high)} 0 1 0 ${round(2 * wide)} 0a${round(wide)} ${round(high)} 0 1 0 ${-round(2 * wide)} 0z`;
}

/** Return how many of the values fall into each of some bars beside each other; where they have no width, none do. */
export function histogram(values, from, width, bars) {
  const counts = new Uint32Array(bars);
  const each = 1 / width;
  for (let i = 0; i < values.length; i++) {
    const at = (values[i] - from) * each;
    if (at >= 0 && at < bars) counts[at | 0] += 1;
  }
  return Array.from(counts);
}

/** A rectangle with two axes. `x` and `y` are its bounds; `xLabel`, `yLabel`, `xTicks`, `yTicks`, `logX`, `logY`,
 *  `away` (how far yLabel is from the axis) may be given. */
export class Panel {
  constructor(svg, options) {
    Object.assign(this, { svg, id: `touch-${(panels += 1)}`, logX: false, logY: false, xLabel: "", yLabel: "", away: 28 }, options);
    const axes = node(svg, "g");
    const { left, top, width, height, xLabel, yLabel } = this;
    this.grid = node(axes, "path", { fill: "none", stroke: "var(--fig-grid)", "stroke-width": 0.6 });
    this.axes = node(axes, "path", { fill: "none", stroke: "currentColor", "stroke-width": 0.8 });
    this.across = node(axes, "g", { "text-anchor": "middle" });
    this.up = node(axes, "g", { "text-anchor": "end" });
    if (xLabel) label(axes, left + width / 2, top + height + 29, xLabel, { "text-anchor": "middle", "font-size": "11px" });
    const turned = { transform: `translate(${left - this.away} ${top + height / 2}) rotate(-90)` };
    if (yLabel) label(node(axes, "g", turned), 0, 0, yLabel, { "text-anchor": "middle", "font-size": "11px" });
    const outline = `M${left} ${top}h${width}v${height}h${-width}z`;
    node(node(svg, "clipPath", { id: this.id }), "path", { d: outline });
    this.outline = outline;
    // what is drawn takes no press: Chromium would ask every line of a map whether a finger touches it, for seconds
    this.marks = node(svg, "g", { "clip-path": `url(#${this.id})`, "pointer-events": "none" });
    // what moves stays within it, so that a browser need not ask which parts of the page lie upon each other
    node(this.marks, "path", { d: `M${-2 * FAR} ${-2 * FAR}h${4 * FAR}v${4 * FAR}h${-4 * FAR}z`, fill: "transparent" });
    this.bound(this.x, this.y);
  }

  /** Give the panel other bounds, and draw its axes; what of them stays as it was is not drawn anew. */
  bound(x, y) {
    const { left, top, width, height, logX, logY } = this;
    Object.assign(this, { x, y, toX: scale(x, [left, left + width], logX), toY: scale(y, [top + height, top], logY) });
    const [bottom, right] = [top + height, left + width];
    const [xs, ys] = [this.xTicks ?? ticks(x, logX), this.yTicks ?? ticks(y, logY, 4)];
    const [across, up] = [xs.map((value) => round(this.toX(value))), ys.map((value) => round(this.toY(value)))];
    const ends = across.map((at) => `M${at} ${bottom}v3.5`).join("") + up.map((at) => `M${left} ${at}h-3.5`).join("");
    change(this.grid, "d", across.map((at) => `M${at} ${top}V${bottom}`).join("") + up.map((at) => `M${left} ${at}H${right}`).join(""));
    change(this.axes, "d", `M${left} ${top}V${bottom}H${right}${ends}`);
    names(this.across, xs.map((value, i) => [across[i], bottom + 14.5, number(value)]));
    names(this.up, ys.map((value, i) => [left - 7, up[i] + 3.6, number(value)]));
  }

  /** Make an empty path inside the panel's bounds; give it its `d` when it is drawn. */
  path(attributes) {
    return node(this.marks, "path", { fill: "none", "stroke-linecap": "round", ...attributes });
  }

  /** Return a line through points [x, y] as the `d` of a path; what is no number interrupts it, what stays as near adds nothing. */
  line(points, near = 0) {
    let [d, pen, lastAcross, lastUp] = ["", "M", NaN, NaN];
    for (const [x, y] of points) {
      const [across, up] = [round(this.toX(x)), round(this.toY(y))];
      if (Math.abs(across - lastAcross) <= near && Math.abs(up - lastUp) <= near) continue;
      if (Number.isNaN(across + up)) [pen, lastAcross] = ["M", NaN];
      else {
        d += `${pen}${across} ${up}`;
        if (pen === "L") [lastAcross, lastUp] = [across, up]; // of two alike the line has both: a dot, where its ends are round
        pen = "L";
      }
    }
    return d;
  }

  /** Return points [x, y] as the `d` of one path, a dot each: as wide as its stroke. (A canvas draws no line without length.) */
  dots(points) {
    let d = "";
    for (const [x, y] of points) {
      const [across, up] = [round(this.toX(x)), round(this.toY(y))];
      if (!Number.isNaN(across + up)) d += `M${across} ${up}h.01`;
    }
    return d;
  }

  /** Draw points with one path for their line, and one for their dots where there is one. */
  draw([line, dots], points) {
    change(line, "d", this.line(points));
    if (dots) change(dots, "d", this.dots(points));
  }

  /** Return bars beside each other, from a value on, as the `d` of one path. */
  bars(heights, from, width) {
    const corners = (height, i) => [[i, 0], [i, height], [i + 1, height], [i + 1, 0]].map(([at, up]) => [from + at * width, up]);
    return heights.map((height, i) => (height ? this.line(corners(height, i)) : "")).join("");
  }

  /** Draw the star of a minimum. */
  star(x, y) {
    const tips = Array.from({ length: 10 }, (_, i) => [i % 2 ? 1.9 : 5, (i * Math.PI) / 5]);
    const [across, up] = [this.toX(x), this.toY(y)];
    const points = tips.map(([far, angle]) => `${round(across + far * Math.sin(angle))} ${round(up - far * Math.cos(angle))}`);
    return this.path({ fill: "currentColor", d: `M${points.join("L")}z` });
  }

  /** Return the lines on which a function of (x, y) has one of some levels, as the `d` of one path: marching squares. */
  contours(f, levels, columns = 60, rows = 40) {
    const { left, top, width, height } = this;
    const [w, h] = [width / columns, height / rows];
    const values = Array.from({ length: rows + 1 }, (_, j) =>
      Array.from({ length: columns + 1 }, (_, i) => f(this.toX.back(left + i * w), this.toY.back(top + j * h))),
    );
    let d = "";
    for (let j = 0; j < rows; j += 1) {
      for (let i = 0; i < columns; i += 1) {
        const corners = [values[j][i], values[j][i + 1], values[j + 1][i + 1], values[j + 1][i]];
        const [low, high] = [Math.min(...corners), Math.max(...corners)];
        for (const level of levels) if (low <= level && level < high) d += crossing(corners, level, left + i * w, top + j * h, w, h);
      }
    }
    return d;
  }

  /** Return the numbers under a pointer, within the bounds of the panel. */
  at({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    const { left, top, width, height } = this;
    const inside = (at, low, size) => Math.min(low + size, Math.max(low, at));
    return [short(this.toX.back(inside(x, left, width))), short(this.toY.back(inside(y, top, height)))];
  }

  /** Return a plane over the panel that takes presses; what is drawn later lies over it, and lets them through. */
  cover() {
    return node(this.svg, "path", { d: this.outline, fill: "none", "pointer-events": "all", class: "plane" });
  }
}

/** Return where a level crosses one square of a grid, as lines between its sides. */
function crossing([a, b, c, e], level, x, y, w, h) {
  const over = (a > level) + 2 * (b > level) + 4 * (c > level) + 8 * (e > level);
  const part = (from, to) => (level - from) / (to - from);
  const points = [];
  if (a > level !== b > level) points.push([x + w * part(a, b), y]);
  if (b > level !== c > level) points.push([x + w, y + h * part(b, c)]);
  if (c > level !== e > level) points.push([x + w * part(e, c), y + h]);
  if (e > level !== a > level) points.push([x, y + h * part(a, e)]);
  if (points.length === 4 && (over === 5) === ((a + b + c + e) / 4 > level)) points.push(points.shift()); // a saddle
  return points.map(([across, up], index) => `${index % 2 ? "L" : "M"}${round(across)} ${round(up)}`).join("");
}
