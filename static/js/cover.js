/** Cover a page whose session has locked; the password uncovers it with all that was typed. */
const LEADS_TO = "/answers"; // an open page: it shows nobody, and makes no entry

export class Cover {
  /** `uncovered` is called when the password was right, `over` when nothing leads back here. */
  constructor(dialog, { uncovered, over }) {
    this.dialog = dialog;
    this.token = dialog.dataset.token;
    this.uncovered = uncovered;
    this.over = over;
    this.told = "BroadcastChannel" in window ? new BroadcastChannel("directory-unlocked") : null;
    this.told?.addEventListener("message", ({ data }) => this.hear(data));
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => this.stay());
  }

  get up() {
    return document.documentElement.classList.contains("directory-covered");
  }

  /** Cover the page. It stays in memory, and nothing of it is kept anywhere else. */
  raise() {
    if (this.up) return;
    this.scrolled = window.scrollY;
    document.documentElement.classList.add("directory-covered");
    this.dialog.append(this.dialog.querySelector("template").content.cloneNode(true));
    this.dialog.querySelector("[data-cover-form]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.unlock(event.target);
    });
    this.renew(this.token);
    this.dialog.showModal();
  }

  /** A browser lets a second Esc close any dialog; a covered page stays covered. */
  stay() {
    if (this.up) this.dialog.showModal();
  }

  /** Ask the server whether the password is right, and go on as it says. */
  async unlock(form) {
    const body = new URLSearchParams(new FormData(form));
    body.set("back", LEADS_TO);
    try {
      const reply = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const token = page.querySelector("dialog[data-cover]")?.dataset.token;
      const fault = page.querySelector(".govuk-error-message");
      if (token) this.pass(token);
      else if (fault) this.say(form, fault.textContent);
      else if (reply.status < 500) this.over();
      else this.say(form, form.dataset.coverForm);
    } catch {
      this.say(form, form.dataset.coverForm);
    }
  }

  say(form, words) {
    const box = form.elements.password;
    const told = form.querySelector("[data-cover-fault]");
    told.textContent = words;
    told.hidden = false;
    told.parentElement.classList.add("govuk-form-group--error");
    box.classList.add("govuk-input--error");
    box.select();
    box.focus();
  }

  /** Uncover this page, and the others of the same session. */
  pass(token) {
    this.told?.postMessage({ was: this.token, token });
    this.lower(token);
  }

  hear({ was, token }) {
    if (was === this.token) this.lower(token);
  }

  lower(token) {
    this.renew(token);
    document.documentElement.classList.remove("directory-covered");
    for (const part of this.dialog.querySelectorAll(":scope > :not(template)")) part.remove();
    this.dialog.close();
    window.scrollTo(0, this.scrolled ?? window.scrollY);
    this.uncovered();
  }

  /** Every form goes with the new session. */
  renew(token) {
    this.token = token;
    for (const box of document.querySelectorAll("input[name=csrf_token]")) box.value = token;
  }
}
