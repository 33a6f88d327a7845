/** Of the dozens of technologies, which ones does this company need? */

import { html, nothing, type TemplateResult } from "lit";
import { type AdvisedStack, catalog, type Field, needs, type StackAdvice } from "#engine";
import { capital, count, exact, few, listed, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { type Home, type Housed, homeOf, SERVE } from "./homes.ts";
import { section, stale, waiting } from "./section.ts";
import { inWords, readable, unitBeside } from "./values.ts";

export function needsSection(context: Context): TemplateResult {
  const { homes, failed } = context.answers;
  if (!homes) return waiting("What is needed", "needs", failed);
  const { advice } = homes;
  const labels = new Map(needs().map((need) => [need.id, need.label]));
  return section(context, {
    id: "needs",
    kicker: "What is needed",
    finding: finding(context, advice),
    under: html`The smallest sets of parts that meet what this company needs, in each home that software can have. Hours are those of
      upgrading them and of teaching new skills. No variant is barred from the comparison above by a need that its home does not
      meet. ${stale(context, "homes")}`,
    drawn: "",
    figure: () => figure(context, homes, labels),
    from: [homes, context.comparison],
    table: () => ({
      columns: [
        { name: "home" },
        { name: "parts", show: exact },
        { name: "interfaces", show: exact },
        { name: "new skills", show: exact },
        { name: "hours a month", show: few },
        { name: "a month", unit: "USD", show: usd },
        { name: "which" },
      ],
      rows: advice.stacks.map((set) => [
        capitalHome(set),
        set.parts.length,
        set.interfaces,
        set.newSkills,
        set.hoursPerMonth,
        set.usdPerMonth,
        set.parts.map(({ part }) => part.name).join(", "),
      ]),
    }),
  });
}

function home(set: AdvisedStack): string {
  return homeOf(set)?.name ?? "elsewhere";
}

function capitalHome(set: AdvisedStack): string {
  return capital(home(set));
}

/** Whether a home is one of a variant that fits this company in most draws. */
function fits({ comparison }: Context, { variants }: Home): boolean {
  return comparison.variants.some(({ variant, feasible }) => feasible && variants.includes(variant));
}

function finding(context: Context, { stacks }: StackAdvice): string {
  const [smallest] = stacks;
  const all = exact(catalog().parts.length);
  if (!smallest) return "No set of parts meets all of these needs at once";
  const enough = (set: AdvisedStack) => exact(set.parts.length);
  if (context.comparison.best === null)
    return `${enough(smallest)} of ${all} technologies meet the needs, on ${home(smallest)}, but nothing fits in most draws`;
  // The smallest of all may live where this company cannot.
  const fitting = stacks.find((set) => {
    const there = homeOf(set);
    return there !== undefined && fits(context, there);
  });
  return fitting
    ? `Of ${all} technologies ${enough(fitting)} are enough, on ${home(fitting)}`
    : `${enough(smallest)} of ${all} technologies meet the needs, on ${home(smallest)}, which does not fit this company`;
}

/** What a field holds, with its unit: `99.95 %`. */
function said(field: Field, value: number): string {
  const unit = unitBeside(field);
  const said = readable(value, field);
  return `${inWords(field, { p10: said, p50: said, p90: said })}${unit ? `\u00a0${unit}` : ""}`;
}

function figure(context: Context, { advice, fallen }: Housed, labels: Map<string, string>): TemplateResult {
  const { needs: needed, stacks } = advice;
  const fields = new Map(catalog().fields.map((field) => [field.path, field]));
  // The best of each home is enough to see; the table has the others.
  const shown = stacks.filter((set, index) => stacks.findIndex((other) => home(other) === home(set)) === index);
  return html`<div class="needs">
    <div><h3>Needs</h3><ul>${needed.map(({ need, because }) => {
      const field = because && fields.get(because[0]);
      return html`<li>${labels.get(need)}${field ? html`<span class="note"> ${field.label.toLowerCase()}:\u00a0${said(field, because[1])}</span>` : nothing}</li>`;
    })}</ul></div>
    <div><h3>Met by</h3>${shown.map(
      (set) => html`<details><summary><b>${capitalHome(set)}</b>, ${count(set.parts.length, "part")}
        <span class="note">${few(set.hoursPerMonth)} h a month${set.newSkills > 0 ? `, ${count(set.newSkills, "new skill")}` : ""}${barred(context, set)}</span></summary>
        <ul>${set.parts.map(
          ({ part, meets, pulledInBy }) =>
            html`<li>${part.name} <span class="note">${meets ? labels.get(meets) : `because of ${pulledInBy!.name}`}</span></li>`,
        )}</ul></details>`,
    )}${fallen.map(
      ({ home: { name }, misses }) =>
        html`<p><b>${capital(name)}</b> <span class="note">${missing(misses, labels)}</span></p>`,
    )}</div></div>`;
}

/** Why a home has no set. */
function missing(misses: string[], labels: Map<string, string>): string {
  if (misses.length === 0) return "no set meets all of the needs at once";
  // Functions are no home of software that is not cut into them.
  if (misses.includes(SERVE)) return "the software would have to be cut into functions first";
  return `does not meet: ${listed(misses.map((need) => labels.get(need) ?? need)).join("")}`;
}

/** That a set lives where this company cannot. */
function barred(context: Context, set: AdvisedStack): string {
  const there = homeOf(set);
  return there === undefined || fits(context, there) ? "" : "; does not fit this company";
}
