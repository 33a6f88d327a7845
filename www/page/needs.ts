/** Of the dozens of technologies, which ones does this company need? */

import { html, nothing, type TemplateResult } from "lit";
import { type AdvisedStack, catalog, type Field, needs, type StackAdvice, type VariantId } from "#engine";
import { stack } from "../engine/questions.ts";
import { capital, count, exact, few, listed, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { section, stale, waiting } from "./section.ts";
import { inWords, readable, unitBeside } from "./values.ts";

/** Where the software of a set lives, by the part that says so, and the variants that run it there; the first one that is there. */
const HOMES: [part: string, name: string, variants: VariantId[]][] = [
  ["managed-control-plane", "managed Kubernetes", ["managed-kubernetes"]],
  ["control-plane", "self-run Kubernetes", ["self-run-kubernetes"]],
  ["application-platform", "a platform", ["paas"]],
  ["function-service", "functions", ["functions"]],
  ["cloud-machines", "cloud VMs", ["cloud-vms", "machine-images"]],
  ["bare-metal", "bare metal", ["leased-metal", "owned-metal"]],
  ["rented-server", "one rented server", ["single-server"]],
];
type Home = (typeof HOMES)[number];

/** The need that every home meets, each in its way. */
const SERVE = "serve";

export function needsSection(context: Context): TemplateResult {
  const { stack: advice, failed } = context.answers;
  if (!advice) return waiting("What is needed", "needs", failed);
  const labels = new Map(needs().map((need) => [need.id, need.label]));
  return section(context, {
    id: "needs",
    kicker: "What is needed",
    finding: finding(context, advice),
    under: html`The smallest sets of parts that meet what this company needs, in each home that software can have. Hours are those of
      upgrading them and of teaching new skills. ${stale(context, "stack")}`,
    drawn: "",
    figure: () => figure(context, advice, labels),
    from: [advice, context.comparison],
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

function homeOf(set: AdvisedStack): Home | undefined {
  return HOMES.find(([id]) => set.parts.some(({ part }) => part.id === id));
}

function home(set: AdvisedStack): string {
  return homeOf(set)?.[1] ?? "elsewhere";
}

function capitalHome(set: AdvisedStack): string {
  return capital(home(set));
}

/** Whether a home is one of a variant that fits this company in most draws. */
function fits({ comparison }: Context, [, , variants]: Home): boolean {
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

/** The homes that have no set, and the needs that each of them does not meet by itself: all, where it is none at all. */
function fallen({ state }: Context, { needs: needed, stacks }: StackAdvice): { name: string; misses: string[] }[] {
  const away = HOMES.filter(([id]) => !stacks.some((set) => homeOf(set)?.[0] === id));
  if (away.length === 0) return [];
  const met = needed.map(({ need }) => ({
    need,
    homes: new Set(stack(state.scenario, { needs: [...new Set([SERVE, need])] }).stacks.map((set) => homeOf(set)?.[0])),
  }));
  return away.map(([id, name]) => ({
    name,
    misses: met.filter(({ homes }) => !homes.has(id)).map(({ need }) => need),
  }));
}

/** What a field holds, with its unit: `99.95 %`. */
function said(field: Field, value: number): string {
  const unit = unitBeside(field);
  const said = readable(value, field);
  return `${inWords(field, { p10: said, p50: said, p90: said })}${unit ? `\u00a0${unit}` : ""}`;
}

function figure(context: Context, advice: StackAdvice, labels: Map<string, string>): TemplateResult {
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
    )}${fallen(context, advice).map(
      ({ name, misses }) => html`<p><b>${capital(name)}</b> <span class="note">${missing(misses, labels)}</span></p>`,
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
