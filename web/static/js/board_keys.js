// The board by keyboard: from stay to stay, and the chosen one from day to day and row to row.

const COMMIT_MS = 700;

/** Listens to keys; `act` has what they do. */
export class Keys {
  constructor(board, act) {
    this.act = act;
    board.addEventListener("keydown", (event) => this.onBoard(event));
    window.addEventListener("keydown", (event) => this.anywhere(event));
  }

  onBoard(event) {
    const { act } = this;
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    const direction = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && direction) {
      event.preventDefault();
      if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
        act.nudge(direction, event.shiftKey);
      } else {
        act.nudgeRow(direction);
      }
    } else if (plain && direction && !event.target.closest(".fold")) {
      event.preventDefault();
      event.key === "ArrowUp" || event.key === "ArrowDown" ? act.step(direction) : act.pan(direction);
    } else if (plain && PLAIN[event.key]) {
      event.preventDefault();
      act[PLAIN[event.key]]();
    }
  }

  anywhere(event) {
    const typing = event.target.matches("input, select, textarea");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
      event.preventDefault();
      event.shiftKey ? this.act.redo() : this.act.undo();
    } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && GLOBAL[event.key]) {
      event.preventDefault();
      this.act[GLOBAL[event.key]]();
    }
  }
}

const PLAIN = {
  Enter: "openForm",
  Delete: "unplace",
  Backspace: "unplace",
  p: "pinWhole",
  P: "pinWhole",
  "+": "in",
  "=": "in",
  "-": "out",
  0: "all",
  t: "today",
  T: "today",
  u: "undo",
  U: "undo",
  Escape: "close",
};
const GLOBAL = { "?": "help", "/": "find" };

/** Holds a move back until the keys rest, so that ten steps are one change. */
export class Pending {
  constructor(commit) {
    this.commit = commit;
    this.waiting = null;
  }

  set(number, before, after) {
    if (this.waiting && this.waiting.number !== number) {
      this.flush();
    }
    const first = this.waiting?.before ?? before;
    clearTimeout(this.waiting?.timer);
    this.waiting = { number, before: first, after, timer: setTimeout(() => this.flush(), COMMIT_MS) };
  }

  /** Makes the move now. */
  flush() {
    const { waiting } = this;
    if (waiting) {
      clearTimeout(waiting.timer);
      this.waiting = null;
      return this.commit(waiting.number, waiting.before, waiting.after);
    }
    return null;
  }

  /** Forgets it; returns what it would have moved, null where nothing waits. */
  forget() {
    const { waiting } = this;
    clearTimeout(waiting?.timer);
    this.waiting = null;
    return waiting;
  }
}
