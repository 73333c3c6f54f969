// How freely each stay can move: worked out on the server by a run that takes a while.

import { sayRefusal } from "./messages.js";
import { tell, texts } from "./board_say.js";

const LOOK_MS = 1000;
const GOES_ON = ["queued", "running"];

/** Starts the run, waits for its end, and takes what it found. */
export async function workOutFreedom(server, editing) {
  tell(texts.freedomBusy, "warn");
  try {
    const { run } = await server.startFreedom();
    let status = GOES_ON[0];
    while (GOES_ON.includes(status)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      ({ status } = await server.run(run));
    }
    if (status === "done") {
      await editing.inTurn(() => editing.catchUp(editing.model.revision, null));
      tell(texts.freedomDone);
    } else {
      tell(texts.freedomFailed, "bad");
    }
  } catch (error) {
    sayRefusal(error);
  }
}
