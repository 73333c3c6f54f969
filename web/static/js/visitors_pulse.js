// Tells the coordinator what researchers have said, on every open page of the office, unasked.

import { ask, askPage, Refused } from "./http.js";
import { say } from "./messages.js";

const EVERY_MS = 15000;
const entry = document.querySelector("[data-pulse]");

let { mark, waitingTotal: total } = entry ? entry.dataset : {};
let isAsking = false;
let timer = 0;

if (entry) {
  timer = setInterval(look, EVERY_MS);
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
}

/** Asks whether anything is new while somebody looks; mostly it is not, and nothing is sent. */
async function look() {
  if (document.hidden || isAsking || !timer) {
    return;
  }
  isAsking = true;
  try {
    const news = await ask(entry.dataset.pulse, { cache: "no-cache" });
    if (news.mark !== mark) {
      tell(news);
      if (await refresh()) {
        mark = news.mark;
      }
    }
  } catch (error) {
    if (error instanceof Refused) {
      clearInterval(timer);
      timer = 0;
    }
  } finally {
    isAsking = false;
  }
}

/** Shows how much waits; says so when it has become more. */
function tell(news) {
  const badge = entry.querySelector("[data-waiting]");
  badge.textContent = new Intl.NumberFormat(document.documentElement.lang).format(news.total);
  badge.hidden = news.total === 0;
  document.querySelector("[data-waiting-said]").textContent = news.total > 0 ? news.said : "";
  if (news.total > Number(total)) {
    say(`${entry.firstChild.textContent.trim()}: ${news.said}`);
  }
  total = news.total;
}

/** Brings the parts of this page up to date that follow what researchers say; tells whether it could. */
async function refresh() {
  const regions = [...document.querySelectorAll("[data-live]")];
  if (regions.length === 0) {
    return true;
  }
  const page = await askPage(location.href).catch(() => null);
  if (!page) {
    return false;
  }
  for (const region of regions) {
    const found = page.getElementById(region.id);
    if (found && found.textContent !== region.textContent) {
      replace(region, found);
    }
  }
  return true;
}

/** Puts what is new in place, or offers to where somebody is writing or has opened something. */
function replace(region, found) {
  const offer = document.querySelector(`[data-live-news="${region.id}"]`);
  const put = () => {
    region.replaceChildren(...found.childNodes);
    if (offer) {
      offer.hidden = true;
    }
  };
  if (offer && isInUse(region)) {
    offer.hidden = false;
    offer.querySelector("button").onclick = put;
  } else {
    put();
  }
}

function isInUse(region) {
  const written = [...region.querySelectorAll("textarea, input[type=text]")].some(
    (field) => field.value !== field.defaultValue,
  );
  return written || region.contains(document.activeElement) || region.querySelector("details[open]");
}
