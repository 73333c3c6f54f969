// What the board asks the server: where somebody fits, what a move breaks, to make it, what is new.

import { ask, send } from "./http.js";
import { Options } from "./board_options.js";
import { texts } from "./board_say.js";

/** The addresses of one board; what fits is kept as long as the draft is as it is. */
export class Server {
  constructor(model) {
    this.model = model;
    this.kept = new Map();
  }

  address(path, query = {}) {
    const asked = new URLSearchParams(query);
    if (texts.draft !== null) {
      asked.set("draft", texts.draft);
    }
    return `${texts.address}/${path}${asked.size > 0 ? `?${asked}` : ""}`;
  }

  /** Where a request could go; asked for once for each revision of the draft. */
  options(number, days = null) {
    const key = `${number}/${days}/${this.model.revision}/${this.model.version}`;
    if (!this.kept.has(key)) {
      if (this.kept.size > 200) {
        this.kept.clear();
      }
      const path = `options/${this.model.requests[number].id}`;
      const found = ask(this.address(path, days === null ? {} : { days })).then(
        (answer) => new Options(answer, this.model),
      );
      found.catch(() => this.kept.delete(key));
      this.kept.set(key, found);
    }
    return this.kept.get(key);
  }

  check(number, after, options = {}) {
    const request = this.model.requests[number].id;
    return send(this.address("check"), { request, after }, options);
  }

  move(number, before, after) {
    const request = this.model.requests[number].id;
    return send(this.address("move"), { request, before, after }, { keepalive: true });
  }

  pin(request, before, after) {
    return send(this.address("pins"), { request, before, after });
  }

  reverse(how) {
    return send(this.address(how), { revision: this.model.revision });
  }

  changes(since, all = false) {
    const query = { since, version: this.model.version };
    return ask(this.address("changes", all ? { ...query, all: 1 } : query));
  }

  chosen(number) {
    return ask(this.address(`stays/${this.model.requests[number].id}`));
  }

  startFreedom() {
    return send(texts.freedom, {});
  }

  run(id) {
    return ask(texts.runs + id);
  }
}
