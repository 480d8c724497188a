// Runs first in every fresh context; its value drives the run: sandbox.py calls it.
(function () {
  'use strict';
  const { parse, stringify } = JSON;
  const describe = String;
  const MARK = '\u0000number'; // JSON has no NaN and no Infinity
  const outcome = { settled: false, value: undefined, error: undefined };
  const refused = [];
  const timers = [];
  let clock = 0;

  function refuse(name) {
    refused.push(name);
    throw new Error(name + ' is not supported');
  }

  // What Node has and a sandbox must not or cannot have: reading it ends the run, also where the code catches errors.
  for (const name of ['require', 'process', 'module', 'exports', '__dirname', '__filename', 'fetch', 'Buffer', 'URL',
    'URLSearchParams', 'TextEncoder', 'TextDecoder', 'structuredClone', 'crypto', 'Intl', 'WebAssembly', 'setInterval',
    'setImmediate', 'AbortController', 'AbortSignal', 'Blob', 'Headers', 'Request', 'Response', 'FormData', 'Event',
    'EventTarget', 'WebSocket', 'navigator', 'SharedArrayBuffer', 'Atomics']) {
    Object.defineProperty(globalThis, name, { get: () => refuse(name), set: undefined, configurable: false });
  }
  // They need tables of languages or time zones, which this engine has not: their results would differ silently.
  for (const [kind, names] of [[String, ['localeCompare']], [Number, ['toLocaleString']], [BigInt, ['toLocaleString']],
    [Array, ['toLocaleString']],
    [Date, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toString', 'toTimeString']]]) {
    for (const name of names) {
      kind.prototype[name] = () => refuse(kind.name + '.prototype.' + name);
    }
  }

  const silent = () => undefined;
  globalThis.console = { log: silent, info: silent, warn: silent, error: silent, debug: silent, trace: silent };
  globalThis.global = globalThis;
  globalThis.setTimeout = (action, delay, ...given) => {
    timers.push({ id: timers.length + 1, at: clock + Math.max(1, Number(delay) || 0), action, given });
    return timers.length;
  };
  globalThis.clearTimeout = (id) => {
    const timer = timers[id - 1];
    if (timer) timer.action = undefined;
  };

  function settle(field, value) {
    outcome[field] = value;
    outcome.settled = true;
  }

  function fail(error) {
    settle('error', [describe(error)]);
  }

  function start(body, parameters, values, marked, called) {
    try {
      const made = new Function(...parse(parameters), body);
      const given = marked
        ? parse(values, (_, value) => (value && value[MARK] ? Number(value[MARK]) : value))
        : parse(values);
      const settled = given.map((one) => (one.length ? one[0] : undefined));
      let value = made(...settled);
      if (called && typeof value === 'function') value = value(...settled); // (output, context) => …
      if (value && typeof value.then === 'function') {
        Promise.resolve(value).then((later) => settle('value', later), fail);
      } else {
        settle('value', value);
      }
    } catch (error) {
      fail(error);
    }
  }

  // Time passes at once: the earliest timer is due as soon as nothing else is to be done.
  function tick() {
    if (outcome.settled) return false;
    const due = timers.filter((timer) => timer.action).sort((a, b) => a.at - b.at || a.id - b.id)[0];
    if (!due) return false;
    const { action, given } = due;
    due.action = undefined;
    clock = due.at;
    action(...given);
    return true;
  }

  function finish() {
    if (refused.length) return stringify({ refused: refused[0] });
    if (!outcome.settled) return stringify({ pending: true });
    if (outcome.error) return stringify({ error: outcome.error[0] });
    if (typeof outcome.value === 'function' || typeof outcome.value === 'symbol') {
      return stringify({ kind: typeof outcome.value });
    }
    try {
      return stringify({ value: outcome.value }, (_, value) =>
        typeof value === 'number' && !Number.isFinite(value) ? { [MARK]: describe(value) } : value);
    } catch (error) {
      return stringify({ error: describe(error) });
    }
  }

  const steps = { start, tick, finish };
  return (step, ...given) => steps[step](...given);
})()
