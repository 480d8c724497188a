/** Builds DOM. Content is only ever set as text: nothing in this page parses HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** h("button", {class: "x", onclick: f, vars: {"--arms": 3}}, "text", node, [nodes], null) */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "vars") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
    else if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...flatten(children));
  return node;
}

function flatten(children) {
  return children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false);
}

const SIGNS = {
  pass: "M3 8.5l3.2 3.2L13 4.8",
  fail: "M4 4l8 8M12 4l-8 8",
  error: "M8 3v6.5M8 12.6v.2",
  mixed: "M2.5 8h3l2-4 2.5 8 1.5-4h2",
  none: "M4 8h8",
};

/** The drawing beside the word: no state is told by colour alone. */
export function sign(state) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SIGNS[state]);
  svg.append(path);
  return svg;
}

export const byId = (id) => document.getElementById(id);
