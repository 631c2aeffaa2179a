/** Copy a phone number or an e-mail address, and say that it was copied. */
const TOLD_MS = 4000;

/** Show `words` on the button for a moment, and tell screen readers. */
function tell(button, words) {
  const label = button.querySelector("[data-copy-words]");
  const told = button.parentElement.querySelector("[data-copy-told]");
  label.textContent = words;
  told.textContent = words;
  window.setTimeout(() => {
    label.textContent = "Copy";
    told.textContent = "";
  }, TOLD_MS);
}

/** Put the button's text on the clipboard. */
async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    tell(button, "Copied");
  } catch {
    tell(button, "Not copied: select the text instead");
  }
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
