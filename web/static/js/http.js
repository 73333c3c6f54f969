// Speaks with the server: asks for JSON, sends JSON with the form's token, says what was refused.

const token = document.querySelector('meta[name="csrf-token"]')?.content;

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
