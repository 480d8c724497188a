/** The web socket that tells what happens; it comes back by itself. */

import { liveUrl } from "./api.js";

const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;

export function connect({ frame, up, down }) {
  let socket;
  let stopped = false;
  let wait = FIRST_WAIT;
  let timer;

  function open() {
    socket = new WebSocket(liveUrl());
    socket.onopen = () => {
      wait = FIRST_WAIT;
      up();
    };
    socket.onmessage = (event) => frame(JSON.parse(event.data));
    socket.onclose = () => {
      if (stopped) return;
      down();
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 1.7, LONGEST_WAIT);
    };
  }

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket.close();
  };
}
