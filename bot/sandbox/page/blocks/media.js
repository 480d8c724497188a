/** Images, video and files. Pictures of other hosts are never loaded: the page stays on this machine. */

import { fileUrl } from "../api.js";
import { h, link, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { fileCard, lightbox } from "../files.js";
import { plain } from "../text/inline.js";

/** Where a picture can be had from on this machine, or null. */
function localSource(one) {
  if (one.slack_file?.id) return fileUrl(one.slack_file.id);
  const href = safeUrl(one.slack_file?.url ?? one.image_url ?? "");
  if (!href) return null;
  const url = new URL(href);
  if (!["localhost", "127.0.0.1", "[::1]"].includes(url.hostname) || url.port !== location.port) return null;
  const held = /\/files(?:-pri|-tmb)?\/(?:[^/]*-)?(F[A-Z0-9]+)(?:\/|$)/.exec(url.pathname);
  return held ? fileUrl(held[1]) : url.pathname + url.search;
}

export function image(block) {
  const title = block.title && h("figcaption", {}, plain(block.title.text));
  const source = localSource(block);
  if (!source) return h("figure", { class: "figure" }, title, elsewhere(block));
  const picture = h("img", { src: source, alt: block.alt_text ?? "", loading: "lazy" });
  const open = h(
    "button",
    {
      class: "picture",
      type: "button",
      "aria-label": `Enlarge: ${block.alt_text ?? "image"}`,
      onclick: () => lightbox(source, block.alt_text ?? ""),
    },
    picture,
  );
  return h("figure", { class: "figure" }, title, open);
}

function elsewhere(block) {
  const href = safeUrl(block.image_url ?? "");
  const host = href ? new URL(href).host : "elsewhere";
  return h(
    "div",
    { class: "elsewhere" },
    icon("eye", 18),
    h(
      "div",
      {},
      h("strong", {}, block.alt_text || "A picture"),
      h("small", {}, "Not loaded from ", href ? link(href, host) : host),
    ),
  );
}

export function thumbnail(one, kind) {
  const source = localSource(one);
  if (source) return h("img", { class: kind, src: source, alt: one.alt_text ?? "", loading: "lazy" });
  const name = (one.alt_text ?? "").trim();
  return h(
    "span",
    { class: `${kind} drawn`, role: "img", "aria-label": name || "picture", data: { tip: name } },
    name ? [...name][0].toUpperCase() : "▦",
  );
}

export function video(block) {
  return h(
    "div",
    { class: "video" },
    h(
      "div",
      { class: "video-screen", role: "img", "aria-label": block.alt_text ?? "Video" },
      h("span", { class: "video-play" }, icon("play", 26)),
    ),
    h(
      "div",
      { class: "video-words" },
      block.title_url
        ? link(block.title_url, plain(block.title?.text))
        : h("strong", {}, plain(block.title?.text)),
      h("small", {}, [block.provider_name, block.author_name].filter(Boolean).join(" · ")),
      block.description && h("p", {}, plain(block.description.text)),
    ),
  );
}

export const fileBlock = (block) =>
  fileCard(block.file ?? { id: block.file_id ?? "", name: block.external_id ?? "A file elsewhere" });
