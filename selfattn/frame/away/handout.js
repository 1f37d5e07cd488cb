// A handout: the server sends its text and what is to be drawn for it; the pictures are drawn here, and the file is saved.
const works = new WeakMap(); // one a place on the page: it lasts while Python runs again and again
const PLACE = /<!--drawing (\d+)-->/; // what was typed is escaped, and cannot say so
const FONTS = "/* fonts */";

export default function ({ data: [made], parentElement, setTriggerValue }) { // in a list no data frames are looked for
  const root = parentElement.querySelector(".handout");
  if (!works.has(root)) works.set(root, {});
  const work = works.get(root);
  if (!made) work.text = undefined; // the server has let go of it; what is saved can be saved again
  else if (made.text !== work.text) {
    work.text = made.text;
    make(root, work, made, () => setTriggerValue("saved", true));
  }
}

async function make(root, work, { name, text, drawings }, done) {
  const parts = text.split(PLACE), faces = shape("svg"), seen = new Set();
  faces.append(shape("text", { "font-family": "Source Sans" }));
  const wanted = () => root.isConnected && work.text === text;
  const bar = document.createElement("progress");
  const line = show(root, "", bar, "Cancel", () => {
    work.text = undefined;
    root.replaceChildren("The handout was cancelled.");
    done();
  });
  for (let at = 1; at < parts.length; at += 2) {
    const number = Number(parts[at]);
    bar.ariaLabel = line.textContent = `Drawing ${number + 1} of ${drawings.length}: leave this open.`;
    bar.value = number / drawings.length;
    parts[at] = await picture(drawings[number], faces, seen);
    if (!wanted()) return;
  }
  await embedFonts(faces);
  const rules = faces.querySelector("style")?.textContent ?? "";
  const file = new Blob([parts.join("").replace(FONTS, () => rules)], { type: "text/html" });
  if (!wanted()) return;
  save(file, name);
  const size = (file.size / 1e6).toLocaleString("en", { maximumFractionDigits: 1 });
  show(root, `Saved: ${name}, ${size} MB.`, "", "Save again", () => save(file, name));
  done();
}

// Shows a line, what stands under it, and a button, which lasts: one that is made anew while it is pressed hears nothing.
function show(root, says, bar, label, press) {
  const line = Object.assign(document.createElement("div"), { textContent: says, ariaLive: bar ? "off" : "polite" });
  root.replaceChildren(line, bar, Object.assign(document.createElement("button"), { type: "button", textContent: label, onclick: press }));
  return line;
}

// Gives a picture as the text of an <svg>; in the place of one that cannot be drawn stands what it would have shown.
async function picture({ kind, content, width, height, alt }, faces, seen) {
  try {
    const svg = await (kind === "arrows" ? arrows(content, width) : chart(JSON.parse(content), width, height));
    for (const text of svg.querySelectorAll("text, tspan")) {
      const key = `${text.style.fontFamily} ${text.getAttribute("font-family")} ${text.style.fontStyle}`;
      if (!seen.has(key)) faces.append(text.cloneNode(false));
      seen.add(key);
    }
    for (const name of ["width", "height"]) svg.removeAttribute(name);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", alt);
    return await finished(svg, { fonts: false });
  } catch (error) {
    console.warn(error);
    return Object.assign(document.createElement("p"), { className: "note", textContent: alt }).outerHTML;
  }
}

// Arrows that nobody moves, laid out where nobody sees them.
async function arrows(content, width) {
  const stage = document.body.appendChild(document.createElement("div"));
  stage.inert = true;
  stage.style.cssText = `position: fixed; left: -20000px; top: 0; width: ${width}px; --st-font: "Source Sans", sans-serif`;
  try {
    await plane(stage, content, width);
    return traced(stage);
  } finally {
    stage.remove();
  }
}
