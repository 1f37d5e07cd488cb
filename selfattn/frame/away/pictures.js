// Every picture of the screen, small, and the buttons that save it. Each is drawn anew beside the page, in the colours that
// were chosen: `draw.js`, `walk.js`.
const KINDS = {
  async chart(box, { key, content }, { least }) {
    const spec = JSON.parse(content), shown = document.querySelector(`.st-key-${key} .js-plotly-plot`);
    const [width, height] = [Math.max(shown?.clientWidth ?? 0, least), spec.layout.height ?? 450];
    for (const name of Object.keys(spec.layout).filter((one) => one.startsWith("scene"))) // as the person has turned it
      spec.layout[name].camera = shown?._fullLayout?.[name]?.camera ?? spec.layout[name].camera;
    box.style.cssText = `width: ${width}px; height: ${height}px`;
    box.picture = await chart(spec, width, height);
  },
  html(box, { content }) {
    box.innerHTML = content; // Python's own, in which what was typed is escaped, as on the page
    for (const { style } of box.children) // nothing to scroll; where something is, WebKit breaks a line that just fits
      Object.assign(style, { maxHeight: "none", overflow: "visible" });
  },
  async equation(box, { content }) {
    const plain = (text) => text.replace(/\s+/g, "");
    const read = (line) => [...line.querySelectorAll("annotation")].map((formula) => formula.textContent).join("");
    const lines = () => [...document.querySelectorAll(".st-key-formulas p")];
    const line = await until(() => lines().find((one) => plain(read(one)) === plain(content.join(""))));
    box.style.cssText = "font-size: 1.4rem; white-space: nowrap";
    box.append(...line.cloneNode(true).childNodes);
    await document.fonts.ready;
  },
  arrows: (box, { key, content }) =>
    plane(box, content, Math.max(document.querySelector(`.st-key-${key}`)?.clientWidth ?? 0, content.data[0].height)),
};

export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".pictures"), told = JSON.stringify(data);
  if (root.told === told) return;
  root.told = told;
  show(root, data, () => root.told === told);
}

async function show(root, looks, wanted) {
  const figures = [];
  root.setAttribute("aria-busy", "true");
  for (const picture of looks.pictures) {
    const figure = await shown(picture, looks);
    if (!wanted()) return;
    figures.push(figure);
  }
  root.replaceChildren(...figures);
  root.removeAttribute("aria-busy");
}

async function shown(picture, looks) {
  const figure = element("figure", ""), below = element("figcaption", picture.name);
  try {
    const svg = await made(picture, looks), small = svg.cloneNode(true);
    small.removeAttribute("width");
    small.removeAttribute("height");
    small.setAttribute("aria-hidden", "true");
    const frame = element("div", "");
    frame.style.background = looks.paper;
    frame.append(small);
    const told = { paper: looks.paper, title: looks.title, describes: picture.alt };
    figure.append(frame, below, ...["png", "svg"].map((format) => button(format, picture, () => svg.cloneNode(true), told)));
  } catch (error) {
    figure.append(below);
    failed(figure, error, "This picture could not be drawn. Close “Save” and open it again.");
  }
  return figure;
}

function button(format, picture, svg, told) {
  const made = element("button", `Save ${format.toUpperCase()}`);
  made.type = "button";
  made.setAttribute("aria-label", `Save ${format.toUpperCase()}: ${picture.name}`);
  made.onclick = async () => {
    made.parentElement.querySelector("p")?.remove();
    try {
      save(await finished(svg(), { ...told, format }), picture.files[format]);
    } catch (error) {
      failed(made.parentElement, error, "It could not be saved: this browser did not make the file. Try the other format.");
    }
  };
  return made;
}

function failed(figure, error, says) {
  console.warn(error);
  figure.append(Object.assign(element("p", says), { role: "alert" }));
}

const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

// Lays a picture out where nobody sees it, with what it found under it, and gives it as SVG.
async function made(picture, looks) {
  const stage = document.body.appendChild(element("div", "")), app = getComputedStyle(document.querySelector(".stApp"));
  stage.setAttribute("aria-hidden", "true");
  stage.inert = true;
  stage.style.cssText = `position: fixed; left: -20000px; top: 0; box-sizing: border-box; width: max-content; max-width: 1900px;
    padding: 16px; color: ${looks.ink}; color-scheme: ${looks.scheme}; --st-font: ${app.fontFamily};
    font: 400 1rem/1.6 ${app.fontFamily}`;
  try {
    const box = stage.appendChild(element("div", ""));
    box.style.maxWidth = `${Math.max(looks.least, 860)}px`;
    await KINDS[picture.kind](box, picture, looks);
    if (looks.caption) stage.append(caption(looks, stage.clientWidth));
    return traced(stage);
  } finally {
    stage.remove();
  }
}

function caption({ caption, least }, width) {
  const below = element("div", "");
  below.innerHTML = caption; // Python's own, as above
  below.style.cssText = `width: ${Math.max(width - 32, Math.min(least, 480))}px; margin-top: 12px`;
  for (const live of below.querySelectorAll("[role]")) live.removeAttribute("role");
  return below;
}
