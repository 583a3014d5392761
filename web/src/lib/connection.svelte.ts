// Whether the node answers. While it does not, it is asked now and then: whoever writes goes on writing.

import { get, whenReached } from './api';

const ASK_MS = 10_000;
let isDown = $state(false);

export const connection = {
  get isDown(): boolean {
    return isDown;
  },
};

/** Follows every request of the page; `back` is called when the node answers again. */
export function watchConnection(back: () => void, wasAway: boolean): () => void {
  isDown = wasAway;
  whenReached((reached) => {
    const wasDown = isDown;
    isDown = !reached;
    if (wasDown && reached) back();
  });
  const timer = setInterval(() => {
    if (isDown) void get('/health').catch(() => {});
  }, ASK_MS);
  return () => {
    clearInterval(timer);
    whenReached(() => {});
  };
}
