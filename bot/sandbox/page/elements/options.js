/** Where the options of a select come from. */

import { act, sentence } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { avatar } from "../avatar.js";
import { channelName, channelOf, nameOf, state, userOf } from "../store.js";

const FEW = 7;

const option = (one) => ({
  value: one.value,
  label: one.text?.text ?? one.value,
  description: one.description?.text,
});
const matches = (query) => (one) =>
  `${one.label} ${one.description ?? ""}`.toLowerCase().includes(query.toLowerCase());
const people = () =>
  [...state.users.values()]
    .filter((user) => !user.deleted)
    .map((user) => ({
      value: user.id,
      label: user.real_name || user.name,
      description: user.title,
      icon: avatar(user, "tiny"),
    }));

function channels(filter = {}) {
  const include = filter.include ?? ["public", "private", "im"];
  const kinds = { channel: "public", private: "private", im: "im" };
  return state.channels
    .filter(
      (one) => include.includes(kinds[one.kind]) && !(filter.exclude_bot_users && userOf(one.user)?.is_bot),
    )
    .map((one) => ({
      value: one.id,
      label: channelName(one),
      icon:
        one.kind === "im"
          ? avatar(userOf(one.user), "tiny")
          : h("span", { class: "option-icon" }, icon(one.kind === "private" ? "lock" : "hash", 15)),
    }));
}

const SOURCES = {
  static_select: fixed,
  external_select: external,
  users_select: () => local(people, (id) => userOf(id) && nameOf(id)),
  conversations_select: (element) => local(() => channels(element.filter), conversation),
  channels_select: () => local(() => channels({ include: ["public"] }), conversation),
};

const conversation = (id) =>
  channelOf(id) ? `${channelOf(id).kind === "im" ? "" : "#"}${channelName(channelOf(id))}` : null;

export const sourceOf = (element, ctx, place) =>
  SOURCES[element.type.replace("multi_", "")](element, ctx, place);

function local(listing, label) {
  return { label, small: false, find: async (query) => [{ options: listing().filter(matches(query)) }] };
}

function fixed(element) {
  const groups = element.option_groups?.map((group) => ({
    label: group.label?.text,
    options: group.options.map(option),
  })) ?? [{ options: (element.options ?? []).map(option) }];
  const all = groups.flatMap((group) => group.options);
  return {
    small: all.length <= FEW,
    label: (value) => all.find((one) => one.value === value)?.label,
    find: async (query) =>
      groups
        .map((group) => ({ ...group, options: group.options.filter(matches(query)) }))
        .filter((group) => group.options.length),
  };
}

function external(element, ctx, place) {
  let failure = "";
  return {
    remote: true,
    label: () => undefined,
    failure: () => failure,
    async find(query) {
      if (query.length < (element.min_query_length ?? 3))
        return note(`Type ${element.min_query_length ?? 3} letters to search.`);
      const answer = await act("options", {
        ...ctx.origin,
        block_id: place.block_id,
        action_id: element.action_id,
        query,
      });
      if (!answer.ok) return note(sentence(answer.error));
      failure = "";
      return (
        answer.option_groups?.map((group) => ({
          label: group.label?.text,
          options: group.options.map(option),
        })) ?? [{ options: (answer.options ?? []).map(option) }]
      );
    },
  };
  function note(text) {
    failure = text;
    return [];
  }
}

/** What the app chose beforehand, as options. */
export function initialOf(element) {
  const ids = [
    element.initial_user,
    element.initial_conversation,
    element.initial_channel,
    ...(element.initial_users ?? []),
    ...(element.initial_conversations ?? []),
    ...(element.initial_channels ?? []),
  ].filter(Boolean);
  const options = [element.initial_option, ...(element.initial_options ?? [])].filter(Boolean).map(option);
  if (!ids.length && element.default_to_current_conversation && state.channel) ids.push(state.channel);
  return [...options, ...ids.map((id) => ({ value: id, label: conversation(id) ?? nameOf(id) }))];
}
