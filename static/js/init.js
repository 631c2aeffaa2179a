/** Tell the style sheet that scripts run, then start the GOV.UK components. */
import { initAll } from "/static/govuk-frontend-6.3.0/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
