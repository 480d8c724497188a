/** Files dragged over a channel. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

export function watchDrops(area, name, take) {
  const veil = h(
    "div",
    { class: "drop-veil", hidden: true },
    h(
      "div",
      { class: "drop-card" },
      icon("upload", 34),
      h("strong", {}, `Upload to ${name}`),
      h("small", {}, "You see it before it is sent."),
    ),
  );
  area.append(veil);
  let depth = 0;
  const show = (by) => {
    depth = Math.max(depth + by, 0);
    veil.hidden = depth === 0;
  };
  area.addEventListener("dragenter", (event) => holdsFiles(event) && (event.preventDefault(), show(1)));
  area.addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  area.addEventListener("dragleave", (event) => holdsFiles(event) && show(-1));
  area.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    veil.hidden = true;
    take([...event.dataTransfer.files]);
  });
}
