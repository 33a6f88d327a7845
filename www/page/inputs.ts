/** The column of inputs: what stands first, the reader's own facts, what is looked for, and the rest by group. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { catalog, type Field } from "#engine";
import { fieldAt } from "../engine/byname.ts";
import { count } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { changes, type Differences } from "./differing.ts";
import { input } from "./field.ts";
import { enterDerivation, goOn, rootOf } from "./focus.ts";
import { growth } from "./growth.ts";
import { ownFact } from "./ownfacts.ts";
import { onlyDiffering } from "./pin.ts";
import { untouched } from "./presets.ts";
import { shownRange, unitShown } from "./values.ts";

/** What stands first; everything else is one click away. */
const GROUPS: [title: string, paths: string[]][] = [
  [
    "Workload",
    [
      "workload.weeklyUsers",
      "workload.requestsPerUserWeek",
      "workload.cpuMsPerRequest",
      "workload.peakToMean",
      "workload.egressKbPerRequest",
    ],
  ],
  ["Services and data", ["services.count", "services.decomposable", "data.databaseGb", "data.hosted"]],
  ["Team", ["team.developers", "team.hourlyUsd"]],
  ["Goals", ["goals.revenuePerHourUsd", "goals.availability"]],
  ["Money", ["finance.horizonMonths", "finance.leaseMonths", "finance.provider", "current.variant"]],
];

/** The inputs that stand first. */
export const FIRST = GROUPS.flatMap(([, paths]) => paths);

/** The rest, by the first word of their paths. */
const MORE: [title: string, groups: string[]][] = [
  ["Workload and services", ["workload", "services"]],
  ["Data", ["data"]],
  ["Team and skills", ["team"]],
  ["Delivery", ["delivery"]],
  ["Goals and what they are worth", ["goals"]],
  ["Prices, providers, terms", ["finance"]],
  ["Where you are now", ["current"]],
  ["Parts added or left out", ["stack"]],
];

export function inputsPanel(context: Context): TemplateResult {
  const { state, go } = context;
  const base = untouched(state.scenario);
  const show = (path: string) => input(context, fieldAt(path), base);
  const made = changes(state.scenario);
  const only = onlyDiffering(context);
  return html`<section class="inputs" id="inputs" tabindex="-1" data-kind="inputs" aria-label="Your company">
    <header>
      <h2>Your company</h2>
      ${
        made === 0
          ? html`<span class="note">as the preset says</span>`
          : html`<span class="note">${made} changed · <button class="link-button" @click=${(event: Event) => {
              const root = rootOf(event.currentTarget as HTMLElement);
              context.refusals.clear();
              go({ ...state, scenario: state.scenario.preset ? { preset: state.scenario.preset } : {} });
              goOn(root, () => root.getElementById("inputs"));
            }}>reset</button></span>`
      }
    </header>
    ${only ? otherThanPinned(context, only, show) : every(context, show)}
  </section>`;
}

/** Only what differs from what is pinned. */
function otherThanPinned(
  context: Context,
  { inputs, growth: load, facts }: Differences,
  show: (path: string) => TemplateResult,
): TemplateResult {
  const overridden = context.state.scenario.facts ?? {};
  return html`<div class="group"><h3>Other than pinned</h3>${
    inputs.length + load.length + facts.length === 0 ? html`<p class="note">No input differs.</p>` : nothing
  }
    ${inputs.map(({ field }) => show(field.path))}${load.length > 0 ? growth(context) : nothing}
    ${facts.map(({ id, words }) =>
      // A fact that only the pinned company has replaced is no field here.
      id in overridden ? ownFact(context, id) : html`<p class="note">${words}</p>`,
    )}</div>`;
}

/** All inputs. What is folded away is not among what is read first. */
function every(context: Context, show: (path: string) => TemplateResult): TemplateResult {
  const { fields } = catalog();
  const first = new Set(FIRST);
  const found = foundFields(first);
  const overridden = Object.keys(context.state.scenario.facts ?? {});
  return html`<p class="note">Track colours: who costs least there.</p>
    ${GROUPS.map(([title, paths]) => html`<div class="group"><h3>${title}</h3>${paths.map(show)}${title === "Workload" ? growth(context) : nothing}</div>`)}
    ${
      overridden.length === 0
        ? nothing
        : html`<div class="group"><h3>Your own facts</h3>${overridden.map((id) => ownFact(context, id))}</div>`
    }
    ${find(context, found, show)}
    ${MORE.map(([title, groups]) => {
      const rest = fields.filter(
        (field) => !first.has(field.path) && !found.includes(field) && groups.includes(field.path.split(".")[0]!),
      );
      return html`<details class="group"><summary>${title} <span class="note">${rest.length} more</span></summary>
        <div>${context.brief ? nothing : rest.map(({ path }) => show(path))}</div></details>`;
    })}`;
}

/** What is looked for among the inputs and the facts. */
let wanted = "";

/** Inputs and facts that are found at most; more words find fewer. */
const FOUND = 12;

function split(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Whether each of the words that are looked for begins a word of some texts. */
function sought(...texts: string[]): boolean {
  const words = split(wanted);
  if (words.length === 0) return false;
  const there = split(texts.join(" "));
  return words.every((word) => there.some((other) => other.startsWith(word)));
}

/** The inputs found; while they are, they stand there and not in their group. */
function foundFields(first: Set<string>): Field[] {
  const found = catalog().fields.filter(
    ({ path, label, doc }) => !first.has(path) && sought(path.replace(/[A-Z]/g, " $&"), label, doc),
  );
  return found.slice(0, FOUND);
}

/** A field that finds any input and any fact by the words of its label, its path or its source. */
function find(context: Context, found: Field[], show: (path: string) => TemplateResult): TemplateResult {
  const { state, go } = context;
  const { fields, facts } = catalog();
  const priced = facts.filter(({ id, label, source }) => sought(id, label, source));
  const open = (id: string, from: EventTarget | null) => {
    const variant = context.comparison.best ?? catalog().variants[0]!.id;
    go({ ...state, view: { ...state.view, open: { variant, metric: `facts.${id}` } } });
    enterDerivation(from as HTMLElement);
  };
  return html`<div class="group find"><h3><label for="find">More</label> <span class="note">${count(fields.length - FIRST.length, "input")}, ${count(facts.length, "price or rate", "prices and rates")}</span></h3>
    <input id="find" type="search" placeholder="Find an input or a price" autocomplete="off" .value=${live(wanted)} @input=${(
      event: Event,
    ) => {
      wanted = (event.target as HTMLInputElement).value;
      context.redraw();
    }}>
    ${found.map(({ path }) => show(path))}
    <ul>${priced.slice(0, FOUND).map(
      (
        fact,
      ) => html`<li><button class="link-button" @click=${(event: Event) => open(fact.id, event.currentTarget)}>${fact.label}</button>
        <span class="note">${shownRange(fact, fact)} ${unitShown(fact)}</span></li>`,
    )}</ul>
    ${
      wanted.trim() === ""
        ? nothing
        : html`<p class="note" role="status">${
            found.length + priced.length === 0
              ? "Nothing has these words."
              : `${count(found.length, "input")} and ${count(priced.length, "fact")} found${priced.length > FOUND ? `, the first ${FOUND} shown` : ""}.`
          }</p>`
    }</div>`;
}
