/** Count down the minutes of emergency access, and show the page anew when they are over. */
const EVERY_MS = 15000;
const MINUTE_MS = 60000;
const SECOND_MS = 1000;

const banner = document.querySelector("[data-emergency-seconds]");

/** Say how long it still lasts. */
function tell(ends, words) {
  const left = Math.ceil((ends - Date.now()) / MINUTE_MS);
  if (left <= 0) {
    window.location.reload();
    return;
  }
  words.textContent = left === 1 ? "One minute is left." : `${left} minutes are left.`;
}

if (banner) {
  const ends = Date.now() + Number(banner.dataset.emergencySeconds) * SECOND_MS;
  const words = banner.querySelector("[data-emergency-left]");
  tell(ends, words);
  window.setInterval(() => tell(ends, words), EVERY_MS);
}
