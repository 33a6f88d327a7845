/** All nine variants as one table, and the same numbers as a file. */

import { html, nothing, type TemplateResult } from "lit";
import { type Outcome, variantLabel } from "#engine";
import { metricOf } from "../engine/metric.ts";
import { agree, duration, hours, hundredths, obstacle, ofHundred, ranked, short, usd } from "../engine/words.ts";
import { type Context, computed } from "./context.ts";
import { oddsOf } from "./odds.ts";
import { believed, reasons, stops } from "./outcome.ts";
import type { Column, Table } from "./section.ts";
import { sideways } from "./sideways.ts";

interface Compared extends Column {
  show: (value: number) => string;
  metric: string;
  /** What it is called where its column is not seen. */
  spoken: string;
}

const ALL_IN: Compared = {
  name: "All-in a month",
  unit: "USD",
  show: usd,
  metric: "totals.monthlyUsd",
  spoken: "a month",
};

/** A kind of cost of a month. */
function cost(name: string, level: string, kind = name.toLowerCase()): Compared {
  return { name, unit: "USD a month", show: usd, metric: `monthlyLevels.${level}`, spoken: `a month for ${kind}` };
}

const REST: Compared[] = [
  cost("People", "labourUsd"),
  cost("Infrastructure", "infrastructureUsd"),
  cost("Downtime", "downtimeUsd", "downtime and lost data"),
  cost("Waste", "wasteUsd"),
  { name: "Hours a month", show: hours, metric: "labour.hoursPerMonth", spoken: "a month" },
  { name: "Hours down a year", show: hours, metric: "availability.downtimeHoursPerYear", spoken: "down a year" },
  { name: "Lead time", unit: "hours", show: duration, metric: "agility.leadTimeHours", spoken: "lead time" },
  { name: "Machines", show: short, metric: "fleet.machines", spoken: "machines" },
  { name: "Parts", show: String, metric: "complexity.parts", spoken: "moving parts" },
  { name: "Set-up", unit: "USD", show: usd, metric: "totals.setupUsd", spoken: "set-up" },
];

/** In which share of the draws a variant fits, and in which it fits and costs least. */
function chances(context: Context, { variant }: Outcome): [fits: number, best: number] {
  const odds = oddsOf(context, variant);
  return [odds?.fits ?? 1, odds?.chanceBest ?? 0];
}

/** What stops a variant, in a file. */
function said(context: Context, outcome: Outcome): string {
  if (outcome.feasible || outcome.reasons.length > 0) return outcome.reasons.map(obstacle).join(" ");
  const [fits] = chances(context, outcome);
  return `${agree(outcome.variant, "It fits", "They fit")} in ${ofHundred(fits)} draws.`;
}

/** @param winner The cheapest, if it is clear which one that is. */
export function nine(context: Context, winner: string | undefined): TemplateResult {
  const { comparison } = context;
  const fitting = ranked(comparison);
  const cell = (outcome: Outcome, column: Compared) => {
    const { show, metric, spoken } = column;
    const { variant } = outcome;
    const value = metricOf(outcome, column.metric);
    const least = outcome.feasible && fitting.every((other) => metricOf(other, column.metric) >= value);
    const figure = computed(context, show(value), { variant, metric }, `${spoken}, ${variantLabel(variant)}`);
    return html`<td class="num">${least ? html`<b>${figure}</b>` : figure} ${believed(context, outcome, metric, show)}</td>`;
  };
  const stopped = ({ feasible, reasons }: Outcome) => !feasible || reasons.length > 0;
  // In how many draws each fits has a column of its own.
  const why = (outcome: Outcome) => (outcome.reasons.length > 0 ? reasons(context, outcome) : stops(context, outcome));
  const head = (name: string) => html`<th scope="col" class="num">${name}</th>`;
  const table = html`<table class="data nine">
    <thead><tr><th scope="col">Variant, and what stops it</th>${head(ALL_IN.name)}${head("Fits in, of 100")}${head("Cheapest in, of 100")}
      ${REST.map(({ name }) => head(name))}</tr></thead>
    <tbody>${comparison.variants.map(
      (outcome) => html`<tr data-variant=${outcome.variant} aria-current=${outcome.variant === winner}>
        <th scope="row"><span class="swatch"></span><span class="name">${variantLabel(outcome.variant)}</span>${
          stopped(outcome) ? html`<span class="stop">${why(outcome)}</span>` : nothing
        }</th>
        ${cell(outcome, ALL_IN)}${chances(context, outcome).map((chance) => html`<td class="num">${hundredths(chance)}</td>`)}
        ${REST.map((column) => cell(outcome, column))}</tr>`,
    )}</tbody></table>`;
  return sideways("All nine variants", table);
}

/** The same as a file; a number that is drawn is followed by where it lies in eight draws of ten. */
export function numbers(context: Context): Table {
  const { variants } = context.comparison;
  const drawn = (outcome: Outcome, { metric }: Compared) => oddsOf(context, outcome.variant)?.figures[metric];
  const isDrawn = (column: Compared) => drawn(variants[0]!, column) !== undefined;
  const named = (column: Compared) =>
    isDrawn(column) ? ["", ", p10", ", p90"].map((end) => ({ ...column, name: column.name + end })) : [column];
  const cells = (outcome: Outcome, column: Compared) => {
    const spread = drawn(outcome, column);
    const value = metricOf(outcome, column.metric);
    return isDrawn(column) ? [value, spread?.p10, spread?.p90] : [value];
  };
  return {
    columns: [
      { name: "Variant" },
      { name: "What stops it" },
      ...named(ALL_IN),
      { name: "Fits in", unit: "share of draws" },
      { name: "Cheapest in", unit: "share of draws" },
      ...REST.flatMap(named),
    ],
    rows: variants.map((outcome) => [
      variantLabel(outcome.variant),
      said(context, outcome),
      ...cells(outcome, ALL_IN),
      ...chances(context, outcome),
      ...REST.flatMap((column) => cells(outcome, column)),
    ]),
  };
}
