// Pictures made in the browser: a chart by Plotly's own exporter, all else from what the browser laid out, as real SVG (rect,
// path, text), which also those programs open that know no HTML. This file is put in front of a component's own: `drawing.py`.
const SVG_SPACE = "http://www.w3.org/2000/svg";
const BACKWARDS = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u; // which Inkscape scatters
const WAIT = 20000; // ms for a script or a font that is still under way

// Plotly is there once Streamlit has drawn any chart on the page: `drawing.ready` draws one.
async function plotly() {
  await until(() => window.Plotly && document.querySelector(".stPlotlyChart .js-plotly-plot")?.layout?.template);
  return window.Plotly;
}

async function until(holds) {
  const end = Date.now() + WAIT;
  for (let value; ; await pause(50)) {
    if ((value = holds())) return value;
    if (Date.now() > end) throw new Error("The page has no charts yet");
  }
}

const pause = (time) => new Promise((then) => setTimeout(then, time));

// Draws the JSON of a figure, without its buttons, frames and hovers. "svg" gives text, "png" a blob; the paper is as clear as
// the figure's own unless it is given. `fonts: false` leaves the fonts to the page that the picture goes into.
async function drawn(spec, { width = 640, height, format = "svg", scale = 2, paper, fonts = true, title, describes } = {}) {
  const svg = await chart(spec, width, height ?? spec.layout?.height ?? 450);
  return finished(svg, { format, scale, paper, fonts, title, describes });
}

// Gives the chart as an <svg> that stands nowhere yet.
async function chart({ data, layout = {} }, width, height) {
  const Plotly = await plotly(), own = layout.template?.layout ? layout.template : pageTemplate();
  const still = { ...layout, width, height, template: own, hovermode: false, updatemenus: [], sliders: [], autosize: false };
  const looks = { format: "svg", width, height, imageDataOnly: true };
  const text = await Plotly.toImage({ data, layout: still, config: { staticPlot: true } }, looks);
  const quoted = text.replaceAll("TOBESTRIPPED", "'"); // Plotly's stand-in for quotes, which it leaves there in Firefox
  const svg = document.importNode(new DOMParser().parseFromString(quoted, "image/svg+xml").documentElement, true);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return unrolled(svg);
}

// Text of several parts or lines becomes texts that stand where these stood: LibreOffice anchors each by itself, and takes no em.
function unrolled(svg) {
  const stage = document.body.appendChild(document.createElement("div"));
  stage.style.cssText = "position: fixed; left: -20000px; top: 0";
  stage.append(svg);
  for (const text of svg.querySelectorAll("text")) {
    if (!text.firstElementChild || BACKWARDS.test(text.textContent)) continue;
    const parts = [], nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let at = 0, node; (node = nodes.nextNode()); at += node.length)
      if (!/^[\s\u200b]*$/.test(node.data)) parts.push(part(text, node, at));
    text.replaceWith(...parts);
  }
  svg.remove();
  stage.remove();
  return svg;
}

function part(text, node, start) {
  const line = node.parentElement.closest(".line") ?? text, alone = line.textContent === node.data;
  const said = node.data.trimStart(), at = start + node.length - said.length, { x, y } = text.getStartPositionOfChar(at);
  const { fontWeight, fontStyle, fontSize, fill, textDecorationLine } = getComputedStyle(node.parentElement);
  const made = text.cloneNode(false), long = { "text-anchor": "start", textLength: text.getSubStringLength(at, said.length) };
  const spot = alone ? { y, x: line.getAttribute("x") ?? text.getAttribute("x") ?? 0 }
    : { y, x, ...long, lengthAdjust: "spacingAndGlyphs", "xml:space": "preserve" };
  for (const [name, value] of Object.entries(spot)) made.setAttribute(name, value);
  Object.assign(made.style, { fontWeight, fontStyle, fontSize, fill, textDecorationLine });
  made.textContent = said;
  return made;
}

// What Streamlit gives every figure, without the colours of the theme that is shown.
function pageTemplate() {
  const colourless = (value) => Array.isArray(value) || !value || typeof value !== "object" ? value : Object.fromEntries(
    Object.entries(value).filter(([key]) => !key.toLowerCase().endsWith("color")).map(([key, one]) => [key, colourless(one)]));
  return colourless(document.querySelector(".stPlotlyChart .js-plotly-plot").layout.template);
}

// Puts a picture on paper, names it, gives it its fonts, and makes the file of it.
async function finished(svg, { format = "svg", scale = 2, paper, fonts = true, title, describes }) {
  if (paper) svg.prepend(shape("rect", { width: "100%", height: "100%", fill: paper }));
  for (const text of svg.querySelectorAll("text, tspan")) {
    const { style } = text, family = style.fontFamily || text.getAttribute("font-family");
    if (!family) continue;
    if (style.fontFamily) style.fontFamily = readable(family);
    else text.setAttribute("font-family", readable(family));
  }
  if (fonts || format === "png") await embedFonts(svg); // an image in the browser knows no font of the page
  for (const [name, text] of [["desc", describes], ["title", title]]) if (text) svg.prepend(shape(name, {}, text));
  if (title || describes) svg.setAttribute("role", "img");
  const text = new XMLSerializer().serializeToString(svg).replace(UNSAID, "");
  return format === "png" ? raster(text, svg.viewBox.baseVal, scale) : text;
}

// A program that leaves embedded fonts aside takes those that are as wide.
function readable(family) {
  if (family.endsWith("sans-serif")) return family.replace(/sans-serif$/, "Calibri, Carlito, Arial, sans-serif");
  if (family.includes(",")) return family;
  return `${family}, ${family.includes("Sans") ? "Calibri, sans-serif" : '"Cambria Math", "Times New Roman", serif'}`;
}

// Letters that XML 1.0 has no place for, not even escaped.
const UNSAID = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function shape(name, attributes = {}, text = "") {
  const made = document.createElementNS(SVG_SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

async function raster(text, { width, height }, scale) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
  const pen = canvas.getContext("2d");
  for (let times = 0; times < 4; times++) { // WebKit says that an image is there before the fonts in it are
    if (times) await pause(100);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  }
  URL.revokeObjectURL(image.src);
  return new Promise((then) => canvas.toBlob(then, "image/png"));
}

// Fonts: those faces of the page that the words of a picture are set in, each fetched once.
const fetched = new Map();

async function embedFonts(svg) {
  const used = new Set();
  for (const text of svg.querySelectorAll("text, tspan")) {
    const said = (name) => text.style.getPropertyValue(name) || text.getAttribute(name) || "";
    for (const family of said("font-family").split(",")) used.add(`${bare(family)} ${said("font-style").includes("italic")}`);
  }
  const faces = [...document.styleSheets].flatMap(faceRules).filter(({ style }) =>
    used.has(`${bare(style.getPropertyValue("font-family"))} ${style.getPropertyValue("font-style").includes("italic")}`));
  const rules = (await Promise.all(faces.map(embedded))).join("\n");
  if (rules) svg.prepend(shape("style", {}, rules));
}

const bare = (family) => family.trim().replace(/^["']|["']$/g, "");

function faceRules(sheet) {
  try {
    return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
  } catch {
    return []; // a sheet of another origin
  }
}

async function embedded({ style, parentStyleSheet }) {
  const source = /url\(["']?([^"')]+)/.exec(style.getPropertyValue("src"))?.[1];
  if (!source) return "";
  const address = new URL(source, parentStyleSheet.href || document.baseURI).href;
  if (!fetched.has(address)) fetched.set(address, fetch(address).then((answer) => answer.blob()).then(asData, () => ""));
  const data = await fetched.get(address);
  const said = ["font-family", "font-style", "font-weight"].map((name) => `${name}:${style.getPropertyValue(name) || "normal"}`);
  return data && `@font-face{${said.join(";")};src:url(${data})}`;
}

const asData = (blob) => new Promise((then) => {
  const reader = new FileReader();
  reader.onload = () => then(reader.result);
  reader.readAsDataURL(blob);
});

// Hands a file to the person.
function save(file, name, type = "image/svg+xml") {
  const address = URL.createObjectURL(file instanceof Blob ? file : new Blob([file], { type }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), WAIT);
}
