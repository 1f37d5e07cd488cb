// Readies the page for a printer: what was drawn in pixels can be scaled, what was typed is written out, dark becomes light.
// `style.css` does the rest. Afterwards all is as it was.
const COLOUR = /#[0-9a-f]{6}\b|(?<=rgba?\()\d+, ?\d+, ?\d+/gi; // in a style: as it was written, or as the browser has it
const PLAIN = ":not(.js-plotly-plot *), tspan"; // what no Plotly draws, and what is a colour of its own in its labels
const undo = [];

export default function ({ data: [light] }) {
  window.onbeforeprint = () => {
    if (undo.length) return; // a second preview of the same page
    const main = document.querySelector("[data-testid='stMain']");
    lie(innerWidth > innerHeight ? "landscape" : "portrait");
    if (Object.keys(light).length) lighten(main, light);
    for (const chart of main.querySelectorAll(".svg-container")) {
      const { clientWidth: wide, clientHeight: high } = chart;
      for (const svg of chart.querySelectorAll(".main-svg")) set(svg, "viewBox", `0 0 ${wide} ${high}`);
      for (const scene of chart.querySelectorAll("#scene")) flatten(scene, wide, high);
      add(chart, `--wide: ${wide}; --high: ${high}`);
    }
    for (const box of main.querySelectorAll(".stTextInput, .stTextArea"))
      set(box, "data-typed", box.querySelector("input, textarea").value);
  };
  window.onafterprint = () => {
    while (undo.length) undo.pop()();
  };
}

// The sheet lies as the window does.
function lie(size) {
  const style = document.head.appendChild(document.createElement("style"));
  style.textContent = `@page { size: ${size} }`;
  undo.push(() => style.remove());
}

function lighten(main, light) {
  for (const chart of main.querySelectorAll(".js-plotly-plot")) {
    const { data, layout } = chart, painted = paint(data, light);
    undo.push(() => window.Plotly.react(chart, data, layout));
    for (const [at, { type, zmin, zmax }] of data.entries())
      if (type === "heatmap") for (const trace of painted) rewrite(trace, painted[at].colorscale, zmin, zmax);
    window.Plotly.react(chart, painted, paint(layout, light));
  }
  const inside = [...main.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
  for (const root of [main, ...inside])
    for (const name of ["style", "fill", "stroke"])
      for (const one of root.querySelectorAll(`[${name}]:is(${PLAIN})`))
        set(one, name, lit(one.getAttribute(name), light));
}

// Numbers on cells are dark on pale ones, and pale on dark ones: as `palette.readable_on` has it.
function rewrite(trace, scale, least, most) {
  if (trace.mode !== "text" || !/^#(000000|FFFFFF)$/i.test(trace.textfont?.color)) return;
  trace.textfont.color = trace.text.map((number) => {
    const place = (parseFloat(number.replace("−", "-")) - least) / (most - least);
    const above = Math.max(scale.findIndex(([stop]) => stop >= place), 1), [[low, one], [high, other]] = [scale[above - 1], scale[above]];
    const share = (place - low) / (high - low), mixed = shades(one).map((shade, at) => (shade + share * (shades(other)[at] - shade)) / 255);
    const [red, green, blue] = mixed.map((shade) => (shade <= 0.04045 ? shade / 12.92 : ((shade + 0.055) / 1.055) ** 2.4));
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) ** 2 > 0.05 * 1.05 ? "#000000" : "#FFFFFF";
  });
}

// Copies what a figure is made of, with other colours.
function paint(value, light, colour = false) {
  if (typeof value === "string") return colour ? lit(value, light) : value;
  if (Array.isArray(value)) return value.map((one) => paint(one, light, colour));
  if (value?.constructor !== Object) return value; // numbers, and arrays of them
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, one]) => [key, paint(one, light, colour || key.includes("color"))]));
}

function lit(text, light) {
  return text.replace(COLOUR, (colour) => {
    const hex = (part) => (+part).toString(16).padStart(2, "0");
    const name = colour[0] === "#" ? colour : "#" + colour.split(",").map(hex).join("");
    const other = light[name.toUpperCase()];
    if (!other) return colour;
    return colour[0] === "#" ? other : shades(other).join(", ");
  });
}

function shades(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

// A printer finds the canvas of WebGL empty: a copy takes its place.
function flatten(scene, wide, high) {
  const copy = scene.appendChild(document.createElement("canvas")), drawn = scene.querySelector("canvas");
  undo.push(() => copy.remove());
  Object.assign(copy, { width: drawn.width, height: drawn.height });
  scene.closest(".js-plotly-plot")._fullLayout.scene._scene.glplot.redraw();
  copy.getContext("2d").drawImage(drawn, 0, 0);
  const { offsetLeft: left, offsetTop: top, offsetWidth: across, offsetHeight: down } = scene, [x, y] = [100 / wide, 100 / high];
  add(scene, `left: ${left * x}%; top: ${top * y}%; width: ${across * x}%; height: ${down * y}%`);
  add(drawn, "display: none");
}

function add(one, look) {
  set(one, "style", `${one.getAttribute("style")}; ${look}`);
}

function set(one, name, value) {
  const before = one.getAttribute(name);
  if (value === before) return;
  undo.push(() => (before === null ? one.removeAttribute(name) : one.setAttribute(name, before)));
  one.setAttribute(name, value);
}
