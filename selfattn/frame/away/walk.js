// From what the browser laid out to SVG: boxes become rect and line, text becomes text where it stands, an inline picture is
// copied with its colours. Needs `draw.js` before it. An element with a `picture` stands for that <svg>.
const UNSEEN = ".katex-mathml, .reach, style, script, template";
const SHAPES = "d x y x1 y1 x2 y2 cx cy r rx ry width height points transform text-anchor".split(" ");
const SIDES = ["Top", "Right", "Bottom", "Left"];
const ruler = document.createElement("canvas").getContext("2d");
const graphemes = new Intl.Segmenter();
let clips = 0, last; // the text that was written last: one that goes on in its line becomes a part of it

// Gives an element and all in it as an <svg> that stands nowhere yet.
function traced(root) {
  const from = root.getBoundingClientRect(), [width, height] = [Math.ceil(from.width), Math.ceil(from.height)];
  const svg = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  last = null;
  trace(root, svg, from);
  return svg;
}

function trace(element, into, from) {
  const style = getComputedStyle(element);
  if (element.matches(UNSEEN) || style.display === "none" || style.visibility === "hidden") return;
  const part = style.opacity < 1 ? into.appendChild(shape("g", { opacity: style.opacity })) : into;
  if (element instanceof SVGSVGElement) return inline(element, part, from);
  for (const rect of element.getClientRects()) boxed(place(rect, from), style, part);
  if (element.picture) return put(element.picture, part, place(element.getBoundingClientRect(), from));
  const rank = (child) => (child instanceof Element && Number(getComputedStyle(child).zIndex)) || 0; // what covers what
  for (const child of [...(element.shadowRoot ?? element).childNodes].sort((one, other) => rank(one) - rank(other)))
    if (child instanceof Text) written(child, style, part, from);
    else if (child instanceof Element) trace(child, part, from);
}

const place = ({ x, y, width, height }, from) => ({ x: x - from.x, y: y - from.y, width, height });

// A computed colour, "rgb(1, 2, 3)" or "color(srgb 0.1 0.2 0.3 / 0.4)", as programs know it that know none but #rrggbb;
// null where there is nothing to see.
function paint(css, name = "fill") {
  const whole = css.startsWith("color(") ? 255 : 1, numbers = css.match(/-?[\d.]+(e-\d+)?/g)?.map(Number) ?? [];
  const [red, green, blue, alpha = 1] = numbers.map((number, at) => (at < 3 ? Math.round(number * whole) : number));
  if (numbers.length < 3 || !alpha) return null;
  const told = { [name]: `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}` };
  return alpha < 1 ? { ...told, [`${name}-opacity`]: alpha.toFixed(3) } : told;
}

function boxed({ x, y, width, height }, style, into) {
  const fill = paint(style.backgroundColor);
  const edges = SIDES.map((side) => edge(style, side)), [first] = edges;
  const round = style.borderTopLeftRadius.endsWith("%") ? width * parseFloat(style.borderTopLeftRadius) / 100
    : Math.min(parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
  const framed = first && edges.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : null;
  const inset = framed ? framed["stroke-width"] / 2 : 0;
  if ((fill || framed) && width && height)
    into.append(shape("rect", {
      x: x + inset, y: y + inset, width: Math.max(width - 2 * inset, 0), height: Math.max(height - 2 * inset, 0),
      ...(round ? { rx: round } : {}), ...(fill ?? { fill: "none" }), ...framed,
    }));
  if (framed) return;
  for (const [side, one] of edges.entries()) // one without length is a blot in LibreOffice
    if (one && (side % 2 ? height : width)) into.append(shape("line", { ...along(side, x, y, width, height, one), ...one }));
}

function edge(style, side) {
  const [width, kind] = [parseFloat(style[`border${side}Width`]), style[`border${side}Style`]];
  const stroke = width && kind !== "none" && kind !== "hidden" ? paint(style[`border${side}Color`], "stroke") : null;
  const gaps = { dashed: `${3 * width} ${2 * width}`, dotted: `${width} ${width}` }[kind];
  return stroke && { ...stroke, "stroke-width": width, ...(gaps ? { "stroke-dasharray": gaps } : {}) };
}

function along(side, x, y, width, height, { "stroke-width": thick }) {
  const [left, top, right, bottom] = [x + thick / 2, y + thick / 2, x + width - thick / 2, y + height - thick / 2];
  return [
    { x1: x, x2: x + width, y1: top, y2: top }, { x1: right, x2: right, y1: y, y2: y + height },
    { x1: x, x2: x + width, y1: bottom, y2: bottom }, { x1: left, x2: left, y1: y, y2: y + height },
  ][side];
}

// Text line by line, each as long as it was laid out, whatever font the reader has.
function written(node, style, into, from) {
  const { fontFamily, fontSize, fontStyle, fontWeight } = style, em = parseFloat(fontSize), anchor = anchored(node, style);
  const type = { "font-family": fontFamily, "font-size": fontSize, "font-style": fontStyle, "font-weight": fontWeight };
  const looks = { ...type, ...paint(style.color) };
  ruler.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = ruler.measureText("x");
  const flows = !anchor && !fontFamily.startsWith("KaTeX")
    && (style.display === "inline" ? !paint(style.backgroundColor) : !style.display.startsWith("inline"));
  for (const { text, left, right, top, height } of rows(node)) {
    const y = top - from.y + (height * above) / (above + below), gap = (left - last?.right) / em;
    if (flows && last?.flows && last.into === into && Math.abs(last.y - y) < 1 && gap > -0.1 && gap < 0.4) {
      last.text.removeAttribute("textLength");
      last.text.append(shape("tspan", looks, (gap > 0.1 ? " " : "") + text));
      last.right = right;
    } else {
      const spot = { x: left + (right - left) * ({ middle: 0.5, end: 1 }[anchor?.["text-anchor"]] ?? +!!anchor) - from.x, y };
      const long = BACKWARDS.test(text) ? {} : { textLength: right - left, lengthAdjust: "spacingAndGlyphs" };
      const all = { ...spot, ...long, "xml:space": "preserve", ...anchor, ...looks };
      last = { into, y, right, flows, text: into.appendChild(shape("text", all, text)) };
    }
  }
}

// Where a line is held when the reader's font is wider: nothing for its left.
function anchored(node, style) {
  const around = getComputedStyle(node.parentElement.parentElement ?? node.parentElement);
  if (style.direction === "rtl") return { direction: "rtl" };
  if (style.textAlign === "right" || style.textAlign === "end") return { "text-anchor": "end" };
  const middle = around.flexDirection === "column" && around.alignItems === "center";
  return style.textAlign === "center" || middle ? { "text-anchor": "middle" } : null;
}

function rows(node) {
  const found = [], range = document.createRange();
  let space = "";
  for (const { segment, index } of graphemes.segment(node.data)) {
    range.setStart(node, index);
    range.setEnd(node, index + segment.length);
    const rect = range.getClientRects()[0];
    if (/^\s*$/.test(segment)) space = " ";
    else if (rect) {
      const row = found.at(-1);
      if (row && Math.abs(row.top - rect.top) < 2) {
        Object.assign(row, { text: row.text + space + segment, left: Math.min(row.left, rect.left) });
        row.right = Math.max(row.right, rect.right);
      } else found.push({ text: segment, left: rect.left, right: rect.right, top: rect.top, height: rect.height });
      space = "";
    }
  }
  return found;
}

function put(svg, into, { x, y }) {
  const part = into.appendChild(shape("g", { transform: `translate(${x} ${y})` }));
  part.append(...svg.cloneNode(true).childNodes);
}

// An inline picture; one that is larger than its place, as KaTeX has it ("slice"), is cut there.
function inline(svg, into, from) {
  const rect = svg.getBoundingClientRect(), here = place(rect, from);
  const view = svg.viewBox.baseVal?.width ? svg.viewBox.baseVal : rect;
  const { align } = svg.preserveAspectRatio.baseVal, stretched = align === SVGPreserveAspectRatio.SVG_PRESERVEASPECTRATIO_NONE;
  const tall = rect.height / view.height, wide = stretched ? rect.width / view.width : tall;
  const beyond = (rect.width - view.width * wide) * (((align - 2) % 3) / 2); // by the standard's numbers: left, middle, right
  let part = into;
  if (view.width * wide > rect.width + 1) {
    const id = `clip-${Date.now().toString(36)}-${++clips}`;
    const cut = into.appendChild(shape("clipPath", { id }));
    cut.append(shape("rect", here));
    part = into.appendChild(shape("g", { "clip-path": `url(#${id})` }));
  }
  part = part.appendChild(shape("g", { transform: `translate(${here.x + beyond} ${here.y}) scale(${wide} ${tall})` }));
  for (const child of svg.children) copied(child, part);
}

function copied(node, into) {
  const style = getComputedStyle(node);
  if (node.matches(UNSEEN) || style.display === "none") return;
  const made = into.appendChild(shape(node.localName));
  const set = (looks) => Object.entries(looks ?? {}).forEach(([name, value]) => made.setAttribute(name, value));
  for (const name of SHAPES) if (node.hasAttribute(name)) set({ [name]: node.getAttribute(name) });
  if (node.localName !== "g") {
    set(paint(style.fill) ?? { fill: "none" });
    const stroke = style.stroke === "none" || !parseFloat(style.strokeWidth) ? null : paint(style.stroke, "stroke");
    set(stroke && { ...stroke, "stroke-width": style.strokeWidth });
  }
  if (node.localName === "text") {
    set({ "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight });
    if (style.dominantBaseline === "central") // which not every program knows
      set({ y: Number(node.getAttribute("y")) + 0.35 * parseFloat(style.fontSize) });
    made.textContent = node.textContent;
  }
  for (const child of node.children) copied(child, made);
}

// Draws arrows once more, as their component does, in a box of so many pixels.
async function plane(box, { js, css, html, data }, width) {
  const address = URL.createObjectURL(new Blob([js], { type: "text/javascript" }));
  const { default: draw } = await import(address);
  URL.revokeObjectURL(address);
  const inside = box.attachShadow({ mode: "open" });
  box.style.width = `${width}px`;
  inside.innerHTML = `<style>${css}</style>${html}`;
  draw({ data, parentElement: inside, setStateValue() {} });
}
