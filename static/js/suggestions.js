/** Offer organisations while their name is being typed; without scripts the next page does. */
const PAUSE_MS = 400;
const SHORTEST = 2;

const place = document.querySelector("[data-suggestions]");
const told = document.querySelector("[data-suggestions-told]");
const form = place.closest("form");
const typed = form.elements.namedItem("organisation");
const sought = form.elements.namedItem("organisation_sought");
let pause = 0;
let asked = 0;

/** Return a new element with its classes, and `parts` inside it. */
function made(name, classes, ...parts) {
  const element = document.createElement(name);
  element.className = classes;
  element.append(...parts);
  return element;
}

/** Return one radio button with its label. */
function choice([reference, name], number) {
  const radio = made("input", "govuk-radios__input");
  radio.type = "radio";
  radio.name = "organisation_choice";
  radio.value = reference;
  radio.id = number ? `organisation_choice-${number + 1}` : "organisation_choice";
  radio.addEventListener("change", () => {
    typed.value = name;
    sought.value = name;
  });
  const label = made("label", "govuk-label govuk-radios__label", name);
  label.htmlFor = radio.id;
  return made("div", "govuk-radios__item", radio, label);
}

/** Show the organisations found for `words`, and tell screen readers how many. */
function offer(words, found) {
  const legend = made("legend", "govuk-fieldset__legend govuk-fieldset__legend--s");
  legend.textContent = "Which organisation do you mean?";
  const radios = made("div", "govuk-radios govuk-radios--small", ...found.map(choice));
  const fieldset = made("fieldset", "govuk-fieldset", legend, radios);
  place.replaceChildren(...(found.length ? [made("div", "govuk-form-group", fieldset)] : []));
  sought.value = words;
  const several = `${found.length} organisations to choose from`;
  told.textContent = found.length === 1 ? "1 organisation to choose" : several;
}

/** Ask which organisations the words may be meant for; a later question makes an answer stale. */
async function ask() {
  const words = typed.value.trim().replace(/\s+/g, " ");
  const number = ++asked;
  if (words.length < SHORTEST) {
    return;
  }
  const token = form.elements.namedItem("csrf_token").value;
  const body = new URLSearchParams({ csrf_token: token, typed: words });
  const answer = await fetch(place.dataset.suggestions, { method: "POST", body }).catch(() => null);
  const isPlain = answer?.headers.get("Content-Type")?.startsWith("text/plain");
  if (number === asked && answer?.ok && isPlain) {
    const lines = (await answer.text()).split("\n").filter(Boolean);
    offer(words, lines.map((line) => line.split("\t")));
  }
}

typed.addEventListener("input", () => {
  window.clearTimeout(pause);
  pause = window.setTimeout(ask, PAUSE_MS);
});
