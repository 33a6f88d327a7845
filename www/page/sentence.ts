/** The answer in one sentence; its numbers are controls. */

import { html, type TemplateResult } from "lit";
import { catalog, type Field, type Outcome, ranges, variantLabel } from "#engine";
import { close, comes, plural, ranked, spoken, usd } from "../engine/words.ts";
import { commit, stepped } from "./inputs.ts";
import { type Context, computed } from "./page.ts";
import { changed } from "./state.ts";
import { doubt } from "./sure.ts";
import { shown } from "./values.ts";

export function sentence(context: Context): TemplateResult {
  const { comparison } = context;
  const [best, second] = ranked(comparison);
  const developers = ranges(context.state.scenario).get("team.developers")!.p50 === 1 ? "developer" : "developers";
  const start = html`For ${control(context, "team.developers", "developers")} ${developers} and
    ${control(context, "workload.weeklyUsers", "weekly users")} weekly users`;
  const cost = (outcome: Outcome) => {
    const question = { variant: outcome.variant, metric: "totals.monthlyUsd" };
    return computed(context, usd(outcome.totals.monthlyUsd), question, `a month, ${variantLabel(outcome.variant)}`);
  };
  const answer = !best
    ? html`${start}, nothing fits: see what stops each.`
    : !second
      ? html`${start}, only ${variant(best.variant)} fits: ${cost(best)} a month all-in.`
      : close(best, second)
        ? html`${start}, it is close between ${variant(best.variant)} and ${variant(second.variant)}:
            ${cost(best)} and ${cost(second)} a month all-in.`
        : html`${start}, ${variant(best.variant)} ${plural(best.variant)} least: ${cost(best)} a month all-in; next
            ${comes(second.variant)} ${variant(second.variant)} at ${cost(second)}.`;
  const { uncertainty, fresh } = context.answers;
  const sure = uncertainty && fresh.has("uncertainty") ? doubt(uncertainty, best?.variant ?? null) : "";
  return html`<p class="answer" aria-live="polite">${answer}</p>
    <p class="doubt">${sure || html`<span class="note">Drawing from what is only believed.</span>`}</p>
    <p class="legend">
      <span><span class="yours">yours</span> type, or use the arrow keys</span>
      <span><span class="dotted">computed</span> opens formula and sources</span>
      <span>At the likeliest values</span>
    </p>`;
}

function variant(id: string): TemplateResult {
  return html`<span class="variant" data-variant=${id}>${variantLabel(id)}</span>`;
}

/** A number of the sentence: a field that looks like the words around it. */
function control(context: Context, path: string, name: string): TemplateResult {
  const field = catalog().fields.find((field) => field.path === path) as Field;
  const value = ranges(context.state.scenario).get(path)!.p50;
  const said = (number: number) => (number >= 1e6 ? spoken(number) : shown(number, field));
  const words = said(value);
  return html`<input class="yours" type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
    aria-label=${name} size=${Math.max(1, words.length)} .value=${words}
    @change=${(event: Event) => commit(context, field, event.target as HTMLInputElement, (range) => said(range.p50))}
    @keydown=${(event: KeyboardEvent) => {
      const next = stepped(event, field, value);
      if (next === undefined) return;
      event.preventDefault();
      context.go({ ...context.state, scenario: changed(context.state.scenario, path, next) }, "replace");
    }}>`;
}
