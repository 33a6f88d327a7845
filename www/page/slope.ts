/** The slippery slope: one more reasonable step each time, and what each adds. */

import { html, nothing, type TemplateResult } from "lit";
import { type SlopeStep, variantLabel } from "#engine";
import { count as counted, exact, few, named, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { withoutProducts } from "./options.ts";
import { section, stale, waiting } from "./section.ts";
import { likeliest } from "./terms.ts";

export function slopeSection(context: Context): TemplateResult {
  const { slope, failed } = context.answers;
  if (!slope) return waiting("The slippery slope", "slope", failed);
  return section(context, {
    id: "slope",
    kicker: "The slippery slope",
    finding: finding(slope),
    under: html`From ${variantLabel(slope[0]!.variant)} on, each further step: what it adds in parts, in hours and in money a month, all ${likeliest()}. ${stale(context, "slope")}`,
    drawn: ".slope",
    figure: () => figure(slope),
    from: [slope],
    table: () => ({
      columns: [
        { name: "step" },
        { name: "on" },
        { name: "parts", show: exact },
        { name: "interfaces", show: exact },
        { name: "skills", show: exact },
        { name: "forced upgrades a year", show: few },
        { name: "hours a month", show: few },
        { name: "all-in a month", unit: "USD", show: (value) => usd(value, 3) },
        { name: "down a year", unit: "hours", show: (value) => `${few(value)} h` },
        { name: "new parts" },
        { name: "parts that go" },
      ],
      rows: slope.map((step, index) => [
        step.label,
        variantLabel(step.variant),
        of(step, "complexity.parts"),
        of(step, "complexity.interfaces"),
        of(step, "complexity.skills"),
        of(step, "complexity.forcedUpgradesPerYear"),
        of(step, "labour.hoursPerMonth"),
        of(step, "totals.monthlyUsd"),
        of(step, "availability.downtimeHoursPerYear"),
        ...[step.added, step.dropped].map((parts) => (index === 0 ? "" : parts.map(({ name }) => name).join(", "))),
      ]),
    }),
  });
}

function of(step: SlopeStep, id: string): number {
  return step.figures[id]!;
}

/** How far it goes down, as a sentence. */
function finding(slope: SlopeStep[]): string {
  const parts = slope.map((step) => of(step, "complexity.parts"));
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (slope.length === 1) return `Already at the bottom, with ${counted(first, "part")}`;
  const rises = parts.slice(1).map((more, index) => more - parts[index]!);
  const largest = rises.indexOf(Math.max(...rises)) + 1;
  return `From ${counted(first, "part")} to ${exact(last)} in ${counted(slope.length - 1, "reasonable step")}; the largest adds ${counted(rises[largest - 1]!, "part")}: ${slope[largest]!.label}`;
}

function figure(slope: SlopeStep[]): TemplateResult {
  return html`<ol class="slope">${slope.map((step, index) => {
    const before = slope[index - 1];
    const count = of(step, "complexity.parts");
    const fresh = before ? Math.min(count, step.added.length) : 0;
    const more = (id: string, show: (value: number) => string) => {
      if (!before) return show(of(step, id));
      const change = of(step, id) - of(before, id);
      return `${change < 0 ? "−" : "+"}${show(Math.abs(change))}`;
    };
    const change = before ? count - of(before, "complexity.parts") : 0;
    return html`<li data-variant=${step.variant}>
      <div class="blocks"><p><b>${exact(count)}</b> ${before ? html`<span class="note">${changes(step, change)}</span>` : named(exact(count), "part")}</p>
        <div aria-hidden="true">${Array.from({ length: count }, (_, part) => html`<i class=${part >= count - fresh ? "new" : ""}></i>`)}</div></div>
      <h3>${step.label}</h3>
      <p class="note">${before ? (step.variant === before.variant ? nothing : `on ${variantLabel(step.variant)}`) : variantLabel(step.variant)}${
        step.feasible ? nothing : html` <span class="stop">does not fit</span>`
      }</p>
      <p>${before ? hoursMore(of(step, "labour.hoursPerMonth") - of(before, "labour.hoursPerMonth")) : `${few(of(step, "labour.hoursPerMonth"))} h`}<br>${more("totals.monthlyUsd", (value) => usd(value))}</p>
      <p class="note">${before ? moved(step) : "where it starts, a month"}</p>
    </li>`;
  })}</ol>`;
}

/** By how many hours a month a step has more or less than the one before it. */
function hoursMore(change: number): string {
  const size = Math.abs(change);
  if (size < 0.05) return "no more hours";
  if (size < 0.1) return `under 0.1 h ${change < 0 ? "less" : "more"}`;
  return `${change < 0 ? "−" : "+"}${few(size)} h`;
}

/** How many parts come and go: `+10, −4`; the change itself where they do not add up to it, as parts that come twice. */
function changes({ added, dropped }: SlopeStep, change: number): string {
  if (added.length - dropped.length !== change || (added.length === 0 && dropped.length === 0))
    return `${change < 0 ? "−" : "+"}${Math.abs(change)}`;
  return [added.length > 0 ? `+${added.length}` : "", dropped.length > 0 ? `−${dropped.length}` : ""]
    .filter((words) => words !== "")
    .join(", ");
}

/** The first few of the parts that come, and of those that go. */
function moved({ added, dropped }: SlopeStep): string {
  const [come, go] = [added, dropped].map((parts) => firstOf(parts.map(withoutProducts)));
  return [come, go && `without ${go}`].filter((words) => words).join("; ");
}

function firstOf(names: string[]): string {
  return names.length <= 5
    ? names.join(", ")
    : `${names.slice(0, 4).join(", ")} and ${counted(names.length - 4, "other")}`;
}
