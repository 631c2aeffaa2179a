/** Fetch a page anew when Back or Forward brings it from the browser's memory. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.body.hidden = true;
    window.location.replace(window.location.pathname + window.location.search);
  }
});
