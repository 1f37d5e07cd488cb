// Two buttons that play and pause a figure. They press the figure's own, which are drawn and cannot have the focus.
export default function ({ data, parentElement }) {
  const bar = parentElement.querySelector(".player");
  bar.style.setProperty("--label", `${data.label}px`);
  bar.onclick = ({ target }) => {
    const at = [...bar.children].indexOf(target.closest("button"));
    const own = document.querySelectorAll(`.st-key-${data.chart} .updatemenu-button`)[at];
    own?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  };
}
