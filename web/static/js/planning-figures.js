// Figures of a run on a page: the best plan, its bound and gap, the time, and how it stands.

const language = document.documentElement.lang;
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const share = new Intl.NumberFormat(language, {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** Says a whole number. */
export const number = (value) => whole.format(value);

/** Writes a run's figures into whatever part of a card has a place for them. */
export function showFigures(card, run) {
  tell(card, run.stop_asked ? "stopping" : run.status);
  set(card, "objective", run.objective === null ? "–" : whole.format(run.objective));
  set(card, "bound", run.bound === null ? "–" : whole.format(run.bound));
  set(card, "gap", run.gap === null ? "–" : share.format(run.gap));
  set(card, "seconds", whole.format(run.seconds));
  const progress = card.querySelector("[data-run-progress]");
  if (progress) {
    progress.value = Math.min(run.seconds, run.limit_seconds);
  }
}

/** Says how a run stands, once for each change, so that screen readers are left in peace. */
export function tell(card, state) {
  const status = card.querySelector("[data-run-status]");
  const text = status.dataset[state];
  if (text && status.textContent.trim() !== text) {
    status.textContent = text;
  }
}

function set(card, name, text) {
  const place = card.querySelector(`[data-run-${name}]`);
  if (place) {
    place.textContent = text;
  }
}
