/** Dialogs: the browser's own <dialog>, which keeps the focus inside and gives it back. */

import { h, uid } from "./dom.js";
import { icon } from "./icons.js";

/** Shows a dialog. `onclose(reason)` gets "done" or "cancel". Returns {node, close}. */
export function dialog({ title, body, foot, kind = "", label = "", onclose = () => {} }) {
  const heading = uid("title");
  const close = (reason = "cancel") => {
    node.dataset.reason = reason;
    node.close();
  };
  const head =
    title &&
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id: heading }, title),
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": "Close", onclick: () => close() },
        icon("close"),
      ),
    );
  const named = title ? { "aria-labelledby": heading } : { "aria-label": label };
  const node = h(
    "dialog",
    { class: `dialog ${kind}`, ...named },
    head,
    h("div", { class: "dialog-body" }, body),
    foot && h("footer", { class: "dialog-foot" }, foot),
  );
  node.addEventListener("close", () => {
    node.remove();
    onclose(node.dataset.reason ?? "cancel");
  });
  node.addEventListener("pointerdown", (event) => event.target === node && close());
  document.body.append(node);
  node.showModal();
  return { node, close };
}

/** Asks; resolves to true or false. `confirm` is Slack's confirm object already turned into nodes. */
export function ask({ title, text, yes = "Yes", no = "Cancel", danger = false }) {
  return new Promise((resolve) => {
    const agreed = h(
      "button",
      {
        class: danger ? "button danger solid" : "button primary",
        type: "button",
        autofocus: true,
        onclick: () => box.close("done"),
      },
      yes,
    );
    const refused = h("button", { class: "button", type: "button", onclick: () => box.close() }, no);
    const box = dialog({
      title,
      body: h("div", { class: "ask" }, text),
      foot: [refused, agreed],
      kind: "small",
      onclose: (reason) => resolve(reason === "done"),
    });
  });
}

/** One line at the bottom of the page, gone by itself. */
export function toast(text, kind = "info") {
  const line = h(
    "div",
    { class: `toast toast-${kind}` },
    icon(kind === "error" ? "warn" : "info", 16),
    h("span", {}, text),
    h(
      "button",
      { class: "icon-button", type: "button", "aria-label": "Dismiss", onclick: () => line.remove() },
      icon("close", 14),
    ),
  );
  document.getElementById("toasts").append(line);
  setTimeout(() => line.remove(), kind === "error" ? 9000 : 6000);
}
