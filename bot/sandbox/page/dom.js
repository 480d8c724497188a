/** Builds DOM. Content is only ever set as text: nothing in this page parses HTML. */

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set([
  "value",
  "checked",
  "disabled",
  "hidden",
  "indeterminate",
  "readOnly",
  "multiple",
  "tabIndex",
]);

/** h("button", {class: "x", onclick: f, data: {id: 1}, vars: {"--tint": "#fff"}}, "text", node, [nodes], null) */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) apply(node, name, value);
  node.append(...flatten(children));
  return node;
}

function apply(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "vars") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
  else if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

function flatten(children) {
  return children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false);
}

/** The same for SVG. */
export function s(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...flatten(children));
  return node;
}

export function fragment(...children) {
  const made = document.createDocumentFragment();
  made.append(...flatten(children));
  return made;
}

/** Makes parent's children be `nodes`, touching only what differs, so focus and motion survive. */
export function reconcile(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

const signatures = new WeakMap();

/** Fills `node` with what `make` returns, unless nothing it depends on changed; the focus stays where it was. */
export function refill(node, depends, make) {
  const signature = JSON.stringify(depends);
  if (signatures.get(node) === signature) return;
  signatures.set(node, signature);
  const key = node.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  node.replaceChildren(...flatten([make()]));
  if (key) [...node.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)?.focus();
}

let counter = 0;
export const uid = (prefix = "n") => `${prefix}-${++counter}`;

const SAFE = new Set(["http:", "https:", "mailto:"]);

/** The address when it is one a person may follow, else null. */
export function safeUrl(address) {
  try {
    const url = new URL(String(address), location.origin);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link, or just its text where the address is not http, https or mailto. */
export function link(address, ...children) {
  const href = safeUrl(address);
  const label = children.length ? children : [String(address)];
  if (!href) return h("span", { class: "dead-link" }, label);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label);
}

export function debounce(wait, work) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), wait);
  };
}
