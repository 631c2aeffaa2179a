/** Warn two minutes before the session locks, cover the page when it has, leave it at the limit. */
import { Cover } from "/static/js/cover.js";

const SECOND = 1000;
const WARNING_MS = 120 * SECOND;

/** Return the time left in words, changing seldom so that it is not read out every second. */
function words(left) {
  if (left > 60 * SECOND) return `${Math.ceil(left / (60 * SECOND))} minutes`;
  if (left > 30 * SECOND) return "1 minute";
  return left > 10 * SECOND ? "30 seconds" : "10 seconds";
}

/** The dialog that warns, and the two moments it warns of. */
class Lock {
  constructor(dialog, cover) {
    this.dialog = dialog;
    this.cover = new Cover(cover, { uncovered: () => this.restart(), over: () => this.leave() });
    this.idle = Number(dialog.dataset.idleSeconds) * SECOND;
    this.limit = Date.now() + Number(dialog.dataset.limitSeconds) * SECOND;
    this.warning = Math.min(WARNING_MS, this.idle / 2);
    this.told = "BroadcastChannel" in window ? new BroadcastChannel("directory-session") : null;
    this.told?.addEventListener("message", () => this.restart());
    dialog.addEventListener("cancel", (event) => this.answer(event));
    this.part("stay").addEventListener("click", (event) => this.answer(event));
    this.idleEnds = Date.now() + this.idle;
    this.told?.postMessage("active");
    window.setInterval(() => this.tick(), SECOND);
    document.addEventListener("visibilitychange", () => this.tick());
  }

  part(name) {
    return this.dialog.querySelector(`[data-lock-${name}]`);
  }

  /** Count the idle time anew: this page, or another tab, has just been active. */
  restart() {
    if (this.cover.up) return;
    if (!this.limitIsNext()) this.dialog.close();
    this.idleEnds = Date.now() + this.idle;
  }

  limitIsNext() {
    return this.limit <= this.idleEnds;
  }

  tick() {
    const now = Date.now();
    const left = Math.min(this.idleEnds, this.limit) - now;
    if (now >= this.limit) this.leave();
    else if (left <= 0) this.lock();
    else if (left <= this.warning) this.warn(left);
  }

  warn(left) {
    const [limit, now] = [this.limitIsNext(), words(left)];
    if (this.part("left").textContent !== now) this.part("left").textContent = now;
    if (this.dialog.open || (limit && this.limitSeen)) return;
    for (const reason of this.dialog.querySelectorAll("[data-lock-because]")) {
      reason.hidden = (reason.dataset.lockBecause === "limit") !== limit;
    }
    this.part("stay").textContent = limit ? "Carry on until then" : "Stay signed in";
    this.dialog.showModal();
  }

  /** Stay signed in, by button or Esc; the limit can only be acknowledged. */
  async answer(event) {
    event.preventDefault();
    if (this.limitIsNext()) {
      this.limitSeen = true;
      this.dialog.close();
      return;
    }
    try {
      const body = new URLSearchParams({ csrf_token: this.cover.token });
      const reply = await fetch(this.dialog.dataset.stayAt, { method: "POST", body });
      if (reply.status === 403) return this.lock();
      if (reply.status !== 204) return this.leave();
      this.part("failed").hidden = true;
      this.restart();
      this.told?.postMessage("active");
    } catch {
      this.part("failed").hidden = false;
    }
  }

  lock() {
    this.dialog.close();
    this.cover.raise();
  }

  /** Fetch this address anew, by GET: the server answers with the page to sign in again. */
  leave() {
    window.location.replace(window.location.pathname + window.location.search);
  }
}

const dialog = document.querySelector("dialog[data-lock]");
if (dialog) new Lock(dialog, document.querySelector("dialog[data-cover]"));
