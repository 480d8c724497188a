/** Drawn portraits: initials on a person's own colour, a mark for apps. */

import { h, s } from "./dom.js";
import { state } from "./store.js";

const tint = (color) => (/^#?[0-9a-f]{6}$/i.test(color ?? "") ? `#${color.replace("#", "")}` : "#6b6478");

export function initials(user) {
  const words = (user?.real_name || user?.name || "?").trim().split(/\s+/);
  return (
    user?.avatar ||
    words
      .slice(0, 2)
      .map((word) => [...word][0])
      .join("")
  )
    .slice(0, 2)
    .toUpperCase();
}

/** `size`: tiny (20), small (24), normal (36), large (72). */
export function avatar(user, size = "normal") {
  const face = user?.is_bot ? plumb() : initials(user);
  return h(
    "span",
    {
      class: `avatar avatar-${size}${user?.is_bot ? " avatar-app" : ""}`,
      vars: { "--tint": tint(user?.color) },
      "aria-hidden": "true",
    },
    face,
  );
}

/** A plumb bob: what hangs straight. */
function plumb() {
  return s(
    "svg",
    { viewBox: "0 0 24 24", class: "avatar-mark" },
    s("path", { d: "M12 2.500v6", class: "avatar-cord" }),
    s("path", { d: "M8.500 8.500h7l-.8 5.500L12 21l-2.700-7z" }),
  );
}

/** An app is there while it is connected; people always are. */
export function presence(user) {
  const away = user?.is_bot && !state.sockets && !state.commands.length;
  return h("span", { class: away ? "presence away" : "presence", "aria-hidden": "true" });
}
