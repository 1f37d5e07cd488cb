// Arrows on a grid, one a name. Each tip is moved with the mouse, a finger or the arrow keys; Python is told where it went.
// Nothing is computed here but places on the screen.
const SVG = "http://www.w3.org/2000/svg";
const PAUSE = 120; // ms between two messages
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }; // in steps
const pictures = new WeakMap(); // one a place on the page: it lasts while Python runs again and again

export default function ({ data: [data], parentElement, setStateValue }) { // in a list no data frames are looked for
  const root = parentElement.querySelector(".plane");
  if (!pictures.has(root)) pictures.set(root, new Picture(root, data.names));
  const picture = pictures.get(root);
  picture.tell = (vectors, turn) => setStateValue("moved", { vectors, turn });
  picture.take(data);
}

function draw(name, parent, attributes = {}, text = "") {
  const made = parent.appendChild(document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

class Picture {
  constructor(root, names) {
    this.root = root;
    this.svg = draw("svg", root, { role: "group" });
    this.back = draw("g", this.svg, { "aria-hidden": "true" });
    this.handles = names.map((name, at) => this.handle(name, at));
    this.turn = 0; // counts what was sent, so that an answer to an older place moves nothing back
    new ResizeObserver(() => this.data && this.show()).observe(root);
  }

  handle(name, at) {
    const group = draw("g", this.svg, { class: "handle", tabindex: 0, role: "slider", "data-name": name });
    const parts = { group, line: draw("line", group), head: draw("path", group), disc: draw("circle", group) };
    parts.letter = draw("text", group, { "text-anchor": "middle", "dominant-baseline": "central" }, name);
    parts.reach = draw("circle", group, { class: "reach" }); // what a finger can hit
    group.addEventListener("keydown", (event) => this.key(event, at));
    parts.reach.addEventListener("pointerdown", (event) => this.grab(event));
    parts.reach.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false }); // no scrolling
    for (const kind of ["pointermove", "pointerup", "pointercancel", "lostpointercapture"])
      parts.reach.addEventListener(kind, (event) => this.drag(event));
    return parts;
  }

  take(data) {
    this.data = data;
    if (data.turn >= this.turn && this.held === undefined) {
      this.turn = data.turn;
      this.vectors = data.vectors;
    }
    this.show();
  }

  // The window: whole numbers, wide enough for all tips; it stays as it is while a tip is held.
  frame() {
    const width = this.root.clientWidth, height = this.data.height;
    if (this.held === undefined || width !== this.width || height !== this.height) {
      const [x, y] = [0, 1].map((axis) => this.vectors.map((vector) => vector[axis])), { least, farthest } = this.data;
      const fit = (first, last, values) => [
        Math.max(Math.min(first, Math.floor(Math.min(...values)) - 1), -farthest - 1),
        Math.min(Math.max(last, Math.ceil(Math.max(...values)) + 1), farthest + 1),
      ];
      const [left, right] = fit(least.left, least.right, x), [bottom, top] = fit(least.bottom, least.top, y);
      const edge = 2 * this.data.label; // the letter beyond a tip is seen whole
      const cell = Math.max(Math.min((width - edge) / (right - left), (height - edge) / (top - bottom)), 1);
      const middle = [(width - cell * (left + right)) / 2, (height + cell * (bottom + top)) / 2];
      Object.assign(this, { width, height, cell, zero: middle });
    }
  }

  at([x, y]) {
    return [this.zero[0] + x * this.cell, this.zero[1] - y * this.cell];
  }

  show() {
    this.frame();
    const { data, svg, width, height } = this;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("height", height);
    svg.setAttribute("aria-label", data.alt);
    this.grid();
    this.handles.forEach((parts, index) => this.arrow(parts, index));
  }

  grid() {
    const { back, cell, width, height, zero, data } = this;
    back.replaceChildren();
    const every = cell < 1.5 * data.small ? 2 : 1;
    for (const axis of [0, 1]) {
      const far = axis ? height : width;
      for (let n = -40; n <= 40; n++) {
        const place = zero[axis] + (axis ? -n : n) * cell;
        if (place < 0 || place > far) continue;
        const ends = axis ? { x1: 0, x2: width, y1: place, y2: place } : { y1: 0, y2: height, x1: place, x2: place };
        draw("line", back, { ...ends, stroke: n ? data.line : data.quiet, "stroke-width": (n ? 1 : 2) * data.stroke });
        if (!n || n % every || place < data.small || place > far - data.small) continue;
        const spot = axis ? { x: zero[0] - 6, y: place, "text-anchor": "end", "dominant-baseline": "central" }
          : { x: place, y: zero[1] + 4 + data.small, "text-anchor": "middle" };
        draw("text", back, { ...spot, fill: data.quiet, "font-size": data.small }, String(n).replace("-", "−"));
      }
    }
  }

  arrow({ group, line, head, disc, letter, reach }, index) {
    const { data } = this, vector = this.vectors[index], colour = data.colours[index];
    const [x, y] = this.at(vector), [x0, y0] = this.zero;
    const long = Math.hypot(x - x0, y - y0), [u, v] = long ? [(x - x0) / long, (y - y0) / long] : [0, -1];
    const size = 7 * data.stroke, round = 0.85 * data.label, past = size / 2 + round;
    const set = (part, attributes) => Object.entries(attributes).forEach(([key, value]) => part.setAttribute(key, value));
    const back = Math.min(long, 2 * size);
    set(line, { x1: x0, y1: y0, x2: x - u * back, y2: y - v * back, stroke: colour, "stroke-width": 4 * data.stroke });
    const [bx, by] = [x - u * 2.4 * size, y - v * 2.4 * size];
    set(head, { d: `M${x} ${y}L${bx - v * size} ${by + u * size}L${bx + v * size} ${by - u * size}Z`, fill: colour });
    set(disc, { cx: x + u * past, cy: y + v * past, r: round, fill: colour, stroke: data.ink });
    set(letter, { x: x + u * past, y: y + v * past, fill: data.paper, "font-size": data.label });
    set(reach, { cx: x + (u * past) / 2, cy: y + (v * past) / 2, r: Math.max(26, past + round) });
    const said = vector.join(", ").replaceAll("-", "minus ");
    set(group, { "aria-label": `${data.spoken[index]}, moved with the arrow keys`, "aria-valuetext": said });
    set(group, { "aria-valuemin": -data.farthest, "aria-valuemax": data.farthest, "aria-valuenow": vector[0] });
  }

  // Where fingers can hit more than one tip, the nearest is meant. A second finger takes nothing away from the first.
  grab(event) {
    if (event.button || this.held !== undefined) return;
    const box = this.svg.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top;
    const far = this.vectors.map((vector) => Math.hypot(this.at(vector)[0] - px, this.at(vector)[1] - py));
    this.held = far.indexOf(Math.min(...far));
    this.from = { vector: this.vectors[this.held], x: event.clientX, y: event.clientY, pointer: event.pointerId };
    event.target.setPointerCapture(event.pointerId);
    this.handles[this.held].group.focus({ preventScroll: true });
    event.preventDefault();
  }

  // A tip goes as far as the finger went on the screen, wherever the picture is by now: an answer may write one line more
  // above it, and then it moves under a finger that keeps still.
  drag(event) {
    const { held, from, zero: [x0, y0] } = this;
    if (held === undefined || event.pointerId !== from.pointer) return;
    if (event.type === "pointermove") {
      const [left, top] = this.at(from.vector), inside = (place, far) => Math.min(Math.max(place, 0), far);
      const x = inside(left + event.clientX - from.x, this.width) - x0;
      const y = y0 - inside(top + event.clientY - from.y, this.height);
      const { step } = this.data;
      this.move(held, [x / this.cell, y / this.cell].map((value) => Math.round(value / step) * step), PAUSE);
    } else {
      this.held = undefined;
      this.send();
      this.show();
    }
  }

  key(event, at) {
    const by = KEYS[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault(); // the page does not scroll,
    event.stopPropagation(); // and the lesson does not go on
    this.move(at, this.vectors[at].map((value, axis) => value + by[axis] * this.data.step), PAUSE);
  }

  move(at, to, pause) {
    const { farthest } = this.data;
    const placed = to.map((value) => Math.min(Math.max(Math.round(value * 100) / 100, -farthest), farthest) + 0);
    if (placed.every((value, axis) => value === this.vectors[at][axis])) return;
    this.vectors = this.vectors.map((vector, index) => (index === at ? placed : vector));
    this.turn += 1;
    this.changed = true;
    this.show();
    this.timer ??= setTimeout(() => this.send(), pause);
  }

  send() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.changed) this.tell(this.vectors, this.turn);
    this.changed = false;
  }
}
