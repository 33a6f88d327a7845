/** What could not be done, and what was in the way. */

import { html, nothing, type TemplateResult } from "lit";
import type { Refused } from "./context.ts";

export function notice(refused: Refused | undefined): TemplateResult | typeof nothing {
  if (!refused) return nothing;
  return html`<div class="notice" role="alert">
    ${refused.what}. ${refused.instead ? `Shown instead is the company that this page starts with, ${refused.instead}` : "Still showing the last good answer"}${refused.rest ? html`; <a href=${refused.rest}>follow the link without what is wrong</a>` : nothing}.
    <ul>${refused.problems.map((problem) => html`<li>${problem.path ? `${problem.path}: ` : ""}${problem.message}; ${problem.remedy}</li>`)}</ul>
  </div>`;
}
