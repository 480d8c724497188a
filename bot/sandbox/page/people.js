/** Who one is: the switcher, and the card of a person. */

import { actor } from "./api.js";
import { avatar, presence } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { closePopover, popover, steer } from "./popover.js";
import { emit, state } from "./store.js";
import { plain } from "./text/inline.js";

const ROLES = {
  owner: "Owner",
  admin: "Admin",
  member: "Member",
  guest: "Guest",
  "other organisation": "External",
  app: "App",
};

export const roleName = (user) =>
  ROLES[user?.role] ??
  (user?.is_owner ? "Owner" : user?.is_admin ? "Admin" : user?.is_restricted ? "Guest" : "Member");

export function meButton() {
  const me = state.me;
  return h(
    "div",
    { class: "me" },
    h(
      "button",
      {
        class: "me-button",
        data: { key: "me" },
        type: "button",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "aria-label": `You act as ${me.real_name}. Act as somebody else`,
        onclick: (event) => switcher(event.currentTarget),
      },
      h("span", { class: "me-face" }, avatar(me), presence(me)),
      h(
        "span",
        { class: "me-words" },
        h("strong", {}, me.real_name),
        h("small", {}, [roleName(me), me.title].filter(Boolean).join(" · ")),
      ),
      icon("down", 15),
    ),
  );
}

function switcher(anchor) {
  const people = [...state.users.values()].filter((user) => !user.is_bot && !user.deleted);
  const choose = (user) => {
    closePopover({ refocus: true });
    if (user.id !== actor()) emit("act-as", user.id);
  };
  const list = h(
    "div",
    { class: "switcher", onkeydown: (event) => steer(event, list) },
    h("div", { class: "menu-title" }, "Act as"),
    people.map((user) =>
      h(
        "button",
        {
          class: "person",
          type: "button",
          role: "menuitemradio",
          tabindex: "-1",
          "aria-checked": String(user.id === state.me.id),
          data: { user: user.id },
          onclick: () => choose(user),
        },
        avatar(user),
        h(
          "span",
          { class: "person-words" },
          h(
            "strong",
            {},
            user.real_name,
            user.status_emoji && h("span", { class: "status-emoji" }, plain(user.status_emoji)),
          ),
          h("small", {}, user.title),
        ),
        h("span", { class: `role role-${(user.role ?? "member").split(" ")[0]}` }, roleName(user)),
      ),
    ),
    h("p", { class: "switcher-note" }, "What each may see and do depends on their role."),
  );
  popover(anchor, list, { side: "top", role: "menu", label: "Act as somebody else" });
  (list.querySelector("[aria-checked=true]") ?? list.querySelector("button")).focus();
}

/** The card that opens on an avatar, a name or a mention. */
export function personCard(anchor, user) {
  const open = () => (closePopover(), emit("open-im", user.id));
  const become = () => (closePopover(), emit("act-as", user.id));
  popover(
    anchor,
    h(
      "div",
      { class: "person-card" },
      avatar(user, "large"),
      h(
        "div",
        {},
        h("h3", {}, user.real_name, user.is_bot && h("span", { class: "badge" }, "APP")),
        h("p", {}, user.title || (user.is_bot ? state.app.description : "")),
        h("small", {}, `@${user.name} · ${roleName(user)}`),
        user.id !== state.me.id &&
          h(
            "div",
            { class: "person-tools" },
            h("button", { class: "button small", type: "button", onclick: open }, "Message"),
            !user.is_bot && h("button", { class: "button small", type: "button", onclick: become }, "Act as"),
          ),
      ),
    ),
    { label: user.real_name, role: "dialog" },
  );
}
