/** Of the dozens of technologies, which ones does this company need? */

import { html, nothing, type TemplateResult } from "lit";
import { type AdvisedStack, catalog, type Field, needs, type StackAdvice } from "#engine";
import { count, exact, few, usd } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { section, stale, waiting } from "./section.ts";
import { inWords, readable, unitBeside } from "./values.ts";

/** Where the software of a set lives, by the part that says so; the first one that is there. */
const HOMES: [part: string, name: string][] = [
  ["managed-control-plane", "managed Kubernetes"],
  ["control-plane", "self-run Kubernetes"],
  ["application-platform", "a platform"],
  ["function-service", "functions"],
  ["cloud-machines", "cloud VMs"],
  ["bare-metal", "bare metal"],
  ["rented-server", "one rented server"],
];

export function needsSection(context: Context): TemplateResult {
  const { stack, failed } = context.answers;
  if (!stack) return waiting("What is needed", "needs", failed);
  const labels = new Map(needs().map((need) => [need.id, need.label]));
  return section(context, {
    id: "needs",
    kicker: "What is needed",
    finding: finding(context, stack),
    under: html`The smallest sets of parts that meet what this company needs, in each home that software can have. Hours are those of
      upgrading them and of teaching new skills. ${stale(context, "stack")}`,
    drawn: "",
    figure: () => figure(stack, labels),
    from: [stack],
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
      rows: stack.stacks.map((set) => [
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
  return HOMES.find(([id]) => set.parts.some(({ part }) => part.id === id))?.[1] ?? "elsewhere";
}

function capitalHome(set: AdvisedStack): string {
  return home(set).replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

function finding({ comparison }: Context, { stacks }: StackAdvice): string {
  const [smallest] = stacks;
  const all = exact(catalog().parts.length);
  if (!smallest) return "No set of parts meets all of these needs at once";
  const parts = exact(smallest.parts.length);
  if (comparison.best === null)
    return `${parts} of ${all} technologies meet the needs, on ${home(smallest)}, but nothing fits in most draws`;
  return `Of ${all} technologies ${parts} are enough, on ${home(smallest)}`;
}

/** What a field holds, with its unit: `99.95 %`. */
function said(field: Field, value: number): string {
  const unit = unitBeside(field);
  const said = readable(value, field);
  return `${inWords(field, { p10: said, p50: said, p90: said })}${unit ? `\u00a0${unit}` : ""}`;
}

function figure({ needs: needed, stacks }: StackAdvice, labels: Map<string, string>): TemplateResult {
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
        <span class="note">${few(set.hoursPerMonth)} h a month${set.newSkills > 0 ? `, ${count(set.newSkills, "new skill")}` : ""}</span></summary>
        <ul>${set.parts.map(
          ({ part, meets, pulledInBy }) =>
            html`<li>${part.name} <span class="note">${meets ? labels.get(meets) : `because of ${pulledInBy!.name}`}</span></li>`,
        )}</ul></details>`,
    )}</div></div>`;
}
