/** Show how far a file is, every few seconds; once it goes on no more, open what came of it. */
const EVERY_MS = 2000;

/** Read this page anew, and put what it says of the file in place of what it said. */
async function look() {
  const place = document.querySelector("[data-progress]");
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const now = page.querySelector("[data-progress]");
  if (!now) return location.reload();
  if (place.innerHTML !== now.innerHTML) place.replaceChildren(...now.childNodes);
  window.setTimeout(look, EVERY_MS);
}

window.setTimeout(look, EVERY_MS);
