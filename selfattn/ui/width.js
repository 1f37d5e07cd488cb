// Tells Python how many borders the window is below, where it believes otherwise: at first, and when it crosses one.
export default function ({ data, parentElement, setStateValue }) {
  const queries = (parentElement.queries ??= data.borders.map((border) => matchMedia(`(max-width: ${border - 1}px)`)));
  const tell = () => {
    if (matchMedia("print").matches) return; // a sheet of paper is no window
    const below = queries.filter((query) => query.matches).length;
    if (below !== data.below) setStateValue("below", below);
  };
  for (const query of queries) query.onchange = tell;
  tell();
}
