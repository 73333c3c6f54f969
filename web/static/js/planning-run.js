// Follows a run by asking how far it is; more often while it is young.

import { ask } from "./http.js";

const POLL_MS = 700;
const RETRY_MS = 3000;

/** Tells of a run's news until it ends; `onLost` hears when the server does not answer. */
export function follow(url, { onNews = () => {}, onEnd, onLost = () => {} }) {
  const again = (wait) => setTimeout(step, wait);
  async function step() {
    let run;
    try {
      run = await ask(url);
    } catch (error) {
      if (error.status === 403 || error.status === 404) {
        window.location.reload();
        return;
      }
      onLost();
      again(RETRY_MS);
      return;
    }
    if (run.is_active) {
      onNews(run);
      again(POLL_MS);
    } else {
      onEnd(run);
    }
  }
  step();
}
