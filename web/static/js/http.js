// Speaks with the server: asks for JSON, sends JSON with the form's token, says what was refused.

const LEAVING_MS = 5000;

const token = document.querySelector('meta[name="csrf-token"]')?.content;
let leftAt = -Infinity;

window.addEventListener("beforeunload", () => {
  leftAt = performance.now();
});

/** Tells whether the page is being left: browsers then end what is under way, which is no fault. */
export const isLeaving = () => performance.now() - leftAt < LEAVING_MS;

/** What the server refuses, in words for people: title, text, remedy, and its other fields. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer.text || answer.title);
    this.status = status;
    this.answer = answer;
  }
}

/** The server does not answer at all. */
export class Unreachable extends Error {}

/** Returns the JSON at an address. */
export async function ask(url, options = {}) {
  return exchange(url, { ...options, method: "GET" });
}

/** Posts a document and returns the answer's JSON. */
export async function send(url, document_, options = {}) {
  return exchange(url, {
    ...options,
    method: "POST",
    body: JSON.stringify(document_),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  });
}

/** Returns a page, to take parts of it; null where there is none. Its notices wait for a page to be shown. */
export async function askPage(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: { Accept: "text/html", "X-Part": "yes" } });
  const text = await answer.text();
  return answer.ok && !answer.redirected ? new DOMParser().parseFromString(text, "text/html") : null;
}

async function exchange(url, options) {
  let response;
  try {
    response = await fetch(url, {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
    });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Unreachable(url);
  }
  const answer = await response.json().catch(() => ({ title: response.statusText }));
  if (!response.ok) {
    throw new Refused(response.status, answer);
  }
  return answer;
}
