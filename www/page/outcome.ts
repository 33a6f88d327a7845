/** What is said of an outcome wherever it stands: its range, its costs, its rivals of the same approach, what stops it. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { type ApproachId, type Outcome, type Spread, variantLabel } from "#engine";
import { SURELY } from "../engine/odds.ts";
import { agree, capital, obstacle, ofHundred, span, usd } from "../engine/words.ts";
import { type Context, computed } from "./context.ts";
import { mend } from "./mend.ts";
import { stopping } from "./nofit.ts";
import { oddsOf } from "./odds.ts";
import { currently } from "./questions.ts";

export const NAMES: Record<ApproachId, string> = { server: "Server", metal: "Metal", vms: "VMs", cloud: "Cloud" };

export interface Cost {
  kind: string;
  usd: number;
  metric: string;
}

/** The kinds of cost of a month, in the order in which they are stacked. */
export function costs({ monthlyLevels: levels }: Outcome): Cost[] {
  const kinds: Cost[] = [
    { kind: "people", usd: levels.labourUsd, metric: "monthlyLevels.labourUsd" },
    { kind: "infrastructure", usd: levels.infrastructureUsd, metric: "monthlyLevels.infrastructureUsd" },
    { kind: "downtime", usd: levels.downtimeUsd, metric: "monthlyLevels.downtimeUsd" },
    { kind: "waste", usd: levels.wasteUsd, metric: "monthlyLevels.wasteUsd" },
    { kind: "parts", usd: levels.partsUsd, metric: "monthlyLevels.partsUsd" },
  ];
  return kinds.filter(({ kind, usd }) => kind !== "parts" || usd > 0);
}

/** The stripes of downtime, in the colour of the variant in which they stand. */
export function hatch(id: string): TemplateResult {
  return svg`<defs><pattern id=${id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <line class="hatch" x1="0" y1="0" x2="0" y2="5"></line></pattern></defs>`;
}

/** Mean and quantiles of a number of an outcome. */
export function spreadOf(context: Context, { variant }: Outcome, id: string) {
  return oddsOf(context, variant)?.figures[id];
}

/** Where a number lies in eight draws of ten of what is only believed. */
export function believed(
  context: Context,
  outcome: Outcome,
  id: string,
  show: (value: number) => string,
): TemplateResult | typeof nothing {
  const spread = spreadOf(context, outcome, id);
  if (!spread || spread.p10 === spread.p90) return nothing;
  const text =
    show === usd ? `$${span(spread.p10, spread.p90)}` : ends(show(spread.p10).replace(/ h$/, ""), show(spread.p90));
  const why = outside(spread);
  return html`<span class="range">${text}</span>${why === "" ? nothing : html` <span class="note">${why}</span>`}`;
}

/** Why a mean lies outside of where it is in eight draws of ten, where it does. */
export function outside({ mean, p10, p90 }: Pick<Spread, "mean" | "p10" | "p90">): string {
  if (mean >= p10 && mean <= p90) return "";
  return `a few draws lie far ${mean > p90 ? "above" : "below"} and take the mean with them`;
}

function ends(low: string, high: string): string {
  return low === high ? "" : `${low}–${high}`;
}

/** The other variants of the same approach: a click shows one in its place. */
export function others(context: Context, outcome: Outcome): TemplateResult | string {
  const { state, go, comparison } = context;
  const rest = comparison.variants.filter(
    ({ approach, variant }) => approach === outcome.approach && variant !== outcome.variant,
  );
  if (rest.length === 0) return "the only variant";
  const today = currently(state.scenario);
  const pick = ({ approach, variant }: Outcome) =>
    go({ ...state, view: { ...state.view, pick: { ...state.view.pick, [approach]: variant } } });
  return html`also ${rest.map(
    (other, index) =>
      html`${index > 0 ? ", " : ""}<button class="link-button" @click=${() => pick(other)}>${variantLabel(other.variant)}</button>
      ${computed(context, usd(other.totals.monthlyUsd), { variant: other.variant, metric: "totals.monthlyUsd" }, `a month, ${other.label}`)}${other.feasible ? "" : " but does not fit"}${other.variant === today ? html` <b>(runs today)</b>` : ""}`,
  )}`;
}

/** What stops a variant, each with a way out of it, if there is one. */
export function reasons(context: Context, outcome: Outcome): TemplateResult[] {
  return outcome.reasons.map((reason) => html`<b>${obstacle(reason)}</b> ${mend(context, outcome, reason)}`);
}

/** In how many draws a variant fits, where that is in doubt; nothing where it fits in none and a reason says why. */
export function fitting(context: Context, { variant }: Outcome): string {
  const fits = oddsOf(context, variant)?.fits ?? 1;
  return fits > 0 && fits < SURELY ? `${agree(variant, "fits", "fit")} in ${ofHundred(fits)} draws` : "";
}

/** What stops a variant, in how many draws it fits, or which other one is better in everything. */
export function stops(context: Context, outcome: Outcome): TemplateResult {
  const { dominatedBy, feasible } = outcome;
  const known = reasons(context, outcome);
  const rarely = fitting(context, outcome);
  const it = agree(outcome.variant, "It", "They");
  const sure =
    rarely === "" ? "Nothing." : `Nothing at the likeliest values; ${agree(outcome.variant, "it", "they")} ${rarely}.`;
  const barred =
    known.length > 0
      ? html`${rarely === "" ? nothing : `${it} ${rarely}. `}${known}`
      : html`<b>${it} ${rarely}.</b> ${atLikeliest(context, outcome)} ${mend(context, outcome)}`;
  return html`${feasible && known.length === 0 ? sure : barred}
    ${dominatedBy ? html`${capital(variantLabel(dominatedBy))} ${agree(dominatedBy, "is", "are")} as good or better in money, hours, downtime, parts and lead time.` : nothing}`;
}

/** What stops a variant that fits at the likeliest values and in few draws all the same. */
function atLikeliest(context: Context, outcome: Outcome): string {
  const what = stopping(context, outcome);
  const them = agree(outcome.variant, "it", "them");
  return `At the likeliest values nothing stops ${them}${what === undefined ? "" : `; in many draws ${what} does`}.`;
}

/** That a variant does not fit, and what it costs all the same: what its obstacle is worth. */
export function unfit(context: Context, { variant, totals }: Outcome): TemplateResult {
  const cost = computed(
    context,
    usd(totals.monthlyUsd),
    { variant, metric: "totals.monthlyUsd" },
    `a month, ${variantLabel(variant)}`,
  );
  return html`<span class="stop"><b>does not fit</b></span> <span class="note">it would cost ${cost}</span>`;
}
