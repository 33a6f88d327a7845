/** The column of inputs: each with a slider, an exact field, its unit, its reason and a reset. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { catalog, type Fact, type Field, type MovingPartsError, ranges, type Scenario, sets, validate } from "#engine";
import { changed, own } from "../engine/paths.ts";
import { count } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { enterDerivation } from "./focus.ts";
import { asSeen } from "./onscreen.ts";
import { onlyDiffering } from "./pin.ts";
import { basis, basisRanges } from "./presets.ts";
import { consequence, drawn, labels, words } from "./tracks.ts";
import {
  fromSlider,
  further,
  inPercent,
  parse,
  SLIDER_STEPS,
  shown,
  shownRange,
  toSlider,
  unitBeside,
  unitShown,
} from "./values.ts";

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

/** Why a field's text was refused, while it stands there. */
const refused = new Map<string, { text: string; reason: string }>();

/** Forgets what was refused: another company has taken the place of the one that it was typed for. */
export function forget(): void {
  refused.clear();
}

export function inputsPanel(context: Context): TemplateResult {
  const { state, go } = context;
  const values = ranges(state.scenario);
  const base = basisRanges(state.scenario);
  const { fields } = catalog();
  const show = (path: string) => {
    const field = fields.find((field) => field.path === path)!;
    return input(context, field, values.get(path)!, base.get(path)!);
  };
  const made = changes(state.scenario);
  const only = onlyDiffering(context);
  return html`<section class="inputs" id="inputs" tabindex="-1" data-kind="inputs" aria-label="Your company">
    <header>
      <h2>Your company</h2>
      ${
        made === 0
          ? html`<span class="note">as the preset says</span>`
          : html`<span class="note">${made} changed · <button class="link-button" @click=${() => {
              refused.clear();
              go({ ...state, scenario: state.scenario.preset ? { preset: state.scenario.preset } : {} });
            }}>reset</button></span>`
      }
    </header>
    ${only ? html`<div class="group"><h3>Other than pinned</h3>${only.length === 0 ? html`<p class="note">No input differs.</p>` : only.map(({ path }) => show(path))}</div>` : every(context, show)}
  </section>`;
}

/** All inputs: what stands first, the reader's own facts, what is looked for, and the rest by group. */
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
      const id = `more-${groups[0]}`;
      return html`<details class="group"><summary>${title} <span class="note">${rest.length} more</span></summary>
        <div id=${id}>${context.brief ? nothing : asSeen(id, context.sliding, () => html`${rest.map((field) => show(field.path))}`)}</div></details>`;
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

/** How many values the scenario itself says. */
export function changes(scenario: Scenario): number {
  const leaves = (value: unknown): number => {
    if (typeof value !== "object" || value === null || Array.isArray(value) || "p10" in value) return 1;
    return Object.values(value).reduce((sum: number, inner) => sum + leaves(inner), 0);
  };
  const { preset: _, ...rest } = scenario;
  return leaves(rest);
}

type Range = { p10: number; p50: number; p90: number };

/** One input: its label, its exact field, its slider, and what is to be said of it. */
export function input(context: Context, field: Field, value: Range, base: Range): TemplateResult {
  const { state, go } = context;
  const id = field.path.replaceAll(".", "-");
  const isChanged = own(state.scenario, field.path) !== undefined;
  const set = (next: unknown, step?: "slide") => {
    refused.delete(field.path);
    go({ ...state, scenario: changed(state.scenario, field.path, next) }, step);
  };
  const reset = isChanged
    ? html`<button class="link-button" aria-label="Reset ${field.label}" @click=${() => set(undefined)}>reset</button>`
    : nothing;
  const least = words(context.answers, field);
  const was = isChanged ? `was ${before(field, base)}` : `${least ? `Costs least: ${least}. ` : ""}${why(field)}`;
  const about = html`<div class="about"><span class=${isChanged ? "" : "why"} id="${id}-about" title=${was}>${was}</span>${rangeSwitch(field, value, set)}${reset}</div>`;
  if (field.kind === "flag") {
    return html`<div class="input ${isChanged ? "changed" : ""}">
      <div class="top"><label for=${id}>${field.label}</label>
        <input id=${id} type="checkbox" .checked=${live(value.p50 !== 0)} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}></div>
      ${about}</div>`;
  }
  if (field.kind === "choice") {
    return html`<div class="input ${isChanged ? "changed" : ""}">
      <div class="top"><label for=${id}>${field.label}</label>
        <select id=${id} .value=${live(field.options![value.p50]!)} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
          ${field.options!.map((name, index) => html`<option value=${name} ?selected=${index === value.p50}>${name}</option>`)}
        </select></div>
      ${about}</div>`;
  }
  if (field.kind === "set") {
    const held = sets(state.scenario).get(field.path)!;
    const pick = (name: string, on: boolean) => set(on ? [...held, name] : held.filter((other) => other !== name));
    return html`<div class="input ${isChanged ? "changed" : ""}">
      <details class="set"><summary>${field.label} <span class="note">${held.length === 0 ? "none" : count(held.length, "chosen", "chosen")}</span></summary>
        <div class="names">${field.options!.map(
          (name) =>
            html`<label><input type="checkbox" .checked=${live(held.includes(name))} @change=${(event: Event) =>
              pick(name, (event.target as HTMLInputElement).checked)}> ${name.replaceAll("-", " ")}</label>`,
        )}</div></details>
      ${about}</div>`;
  }
  const wrong = refused.get(field.path);
  const text = wrong?.text ?? shownRange(value, field);
  return html`<div class="input ${isChanged ? "changed" : ""}">
    <div class="top"><label for=${id}>${field.label}</label>
      <input id=${id} type="text" inputmode="decimal" autocomplete="off" spellcheck="false" size=${Math.max(9, text.length)} .value=${text}
        aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? `${id}-wrong` : `${id}-about`}
        @change=${(event: Event) => commit(context, field, event.target as HTMLInputElement)}
        @keydown=${(event: KeyboardEvent) => restore(context, field, event)}>
      <span class="unit">${unitBeside(field)}</span></div>
    ${wrong ? html`<p class="refused" id="${id}-wrong" role="alert">${wrong.reason}</p>` : nothing}
    ${slider(context, field, value, base, set)}
    ${about}</div>`;
}

/** One thumb for the likely value, and two more where the input is a range. */
function slider(
  context: Context,
  field: Field,
  value: Range,
  base: Range,
  set: (next: unknown, step: "slide") => void,
): TemplateResult {
  const ranged = value.p10 !== value.p90;
  const thumb = (key: keyof Range, name: string) => {
    const move = (event: Event) => {
      const next = fromSlider(Number((event.target as HTMLInputElement).value), field);
      if (!ranged) return set(next, "slide");
      // A thumb takes the others along, so that low, likely and high keep their order.
      const [p10, p50, p90] = [
        key === "p10" ? next : Math.min(value.p10, next),
        key === "p50" ? next : key === "p10" ? Math.max(value.p50, next) : Math.min(value.p50, next),
        key === "p90" ? next : Math.max(value.p90, next),
      ];
      return set(p10 === p90 ? p50 : { p10, p50, p90 }, "slide");
    };
    return html`<input type="range" class=${key} min="0" max=${SLIDER_STEPS} .value=${live(String(toSlider(value[key], field)))}
      aria-label="${field.label}${name}" aria-valuetext="${shown(value[key], field)} ${unitShown(field)}${consequence(context.answers, field, value[key])}" @input=${move}>`;
  };
  const at = (number: number) => toSlider(number, field) / SLIDER_STEPS;
  const moved = !ranged && base.p50 !== value.p50;
  return html`<div class="slide ${ranged ? "ranged" : ""}" .style=${`--low:${at(value.p10)};--high:${at(value.p90)};--was:${at(base.p50)}`}>
    ${drawn(context.answers, field)}${labels(context.answers, field)}${moved ? html`<span class="notch"></span>` : nothing}
    ${ranged ? html`<span class="within"></span>${thumb("p10", ", low")}` : nothing}${thumb("p50", ranged ? ", likely" : "")}${ranged ? thumb("p90", ", high") : nothing}</div>`;
}

/** Makes a range of a number, and one number of a range. */
function rangeSwitch(field: Field, value: Range, set: (next: unknown) => void): TemplateResult | typeof nothing {
  if (field.kind !== "number") return nothing;
  const button = (name: string, next: unknown) =>
    html`<button class="link-button range-switch" aria-label="${field.label}: ${name}" @click=${() => set(next)}>± ${name}</button>`;
  if (value.p10 !== value.p90) return button("one value", value.p50);
  const within = (number: number) => Math.min(field.max, Math.max(field.min, Number(number.toPrecision(3))));
  const [p10, p90] =
    inPercent(field) && field.max <= 1
      ? [value.p50 - (value.p50 - field.min) / 4, value.p50 + (field.max - value.p50) / 4]
      : [value.p50 / 1.25, value.p50 * 1.25];
  const next = { p10: within(p10), p50: value.p50, p90: within(p90) };
  return next.p10 === next.p90 ? nothing : button("range", next);
}

function before(field: Field, base: Range): string {
  if (field.kind === "set") return count(base.p50, "chosen", "chosen");
  if (field.kind === "flag") return base.p50 === 0 ? "no" : "yes";
  if (field.kind === "choice") return field.options![base.p50]!;
  return shownRange(base, field);
}

/** Where a default comes from, in short. */
function why(field: Field): string {
  if (field.defaultFact === undefined) return field.doc;
  const fact = catalog().facts.find((fact) => fact.id === field.defaultFact) as Fact;
  return `${field.doc} Default: ${fact.source}, ${fact.date}.`;
}

/** Takes what was typed, or refuses it with the reason; the last good answer stays. */
export function commit(
  context: Context,
  field: Field,
  element: HTMLInputElement,
  show: (range: Range) => string = (range) => shownRange(range, field),
): void {
  const { state, go } = context;
  const current = ranges(state.scenario).get(field.path);
  const text = element.value;
  if (current && text === show(current)) return;
  const parsed = parse(text, field);
  const refuse = (reason: string): void => {
    const still = current
      ? ` Still showing the answer for ${shownRange(current, field)}${inPercent(field) ? " %" : ""}.`
      : "";
    refused.set(field.path, { text, reason: reason + still });
    context.redraw();
  };
  if ("error" in parsed) {
    refuse(parsed.error);
    return;
  }
  const scenario = changed(state.scenario, field.path, parsed.value);
  const [problem] = validate(scenario);
  if (problem) {
    refuse(`${sentenceCase(problem.message)}; ${problem.remedy}.`);
    return;
  }
  refused.delete(field.path);
  go({ ...state, scenario });
  // The fields are drawn again only where their value has changed: what was typed for the same value is tidied here.
  element.value = show(ranges(scenario).get(field.path)!);
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Esc gives a field its last good value back. */
function restore(context: Context, field: Field, event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  const element = event.target as HTMLInputElement;
  const current = ranges(context.state.scenario).get(field.path);
  if (current) element.value = shownRange(current, field);
  if (refused.delete(field.path)) context.redraw();
}

/** The value that an arrow key leads to. */
export function stepped(event: KeyboardEvent, field: Field, value: number): number | undefined {
  const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
  if (direction === 0) return undefined;
  const steps = direction * (event.shiftKey ? 10 : 1);
  if (!field.log) return Math.min(field.max, Math.max(field.min, value + steps * ((field.high - field.low) / 100)));
  return further(value, steps * 2, field);
}

/** The lists that say how the load changes: where each stands, and the numbers of an item. */
const LISTS = {
  phases: { path: "workload.growth.phases", keys: ["months", "monthlyGrowth"] },
  steps: { path: "workload.growth.steps", keys: ["month", "factor"] },
  services: { path: "services.growthByService", keys: ["services", "factor"] },
} as const;
type List = keyof typeof LISTS;

/** The path of the load: phases of growth and decline, steps, and services that grow by factors of their own. */
function growth(context: Context): TemplateResult {
  const { state, go } = context;
  const base = basis(state.scenario);
  const { phases, steps } = { ...base.workload?.growth, ...state.scenario.workload?.growth };
  const byService = state.scenario.services?.growthByService ?? base.services?.growthByService;
  const listed = catalog().listFields;
  const set = (list: List, items: unknown) =>
    go({ ...state, scenario: changed(state.scenario, LISTS[list].path, items) });
  const row = (list: List, items: Record<string, unknown>[], index: number) => {
    const { path, keys } = LISTS[list];
    const cell = (key: string) => {
      const field = listed.find((field) => field.path === `${path}[].${key}`)!;
      const now = items[index]![key];
      const range = typeof now === "number" ? { p10: now, p50: now, p90: now } : (now as Range);
      const wrong = refused.get(`${list}.${index}.${key}`);
      return html`<input type="text" inputmode="decimal" aria-label="${field.label} ${index + 1}" .value=${wrong?.text ?? shownRange(range, field)}
        aria-invalid=${wrong ? "true" : "false"} title=${wrong?.reason ?? field.doc}
        @change=${(event: Event) => {
          const element = event.target as HTMLInputElement;
          const parsed = parse(element.value, field);
          const next = items.map((item, at) =>
            at === index && "value" in parsed ? { ...item, [key]: parsed.value } : item,
          );
          const scenario = changed(state.scenario, path, next);
          const reason = "error" in parsed ? parsed.error : validate(scenario)[0]?.message;
          if (reason !== undefined) {
            refused.set(`${list}.${index}.${key}`, { text: element.value, reason });
            context.redraw();
            return;
          }
          refused.delete(`${list}.${index}.${key}`);
          set(list, next);
        }}>`;
    };
    const remove = html`<button class="link-button" aria-label="Remove" @click=${() => {
      refused.clear();
      set(
        list,
        items.filter((_, at) => at !== index),
      );
    }}>✕</button>`;
    const wrong = keys
      .map((key) => refused.get(`${list}.${index}.${key}`)?.reason)
      .find((reason) => reason !== undefined);
    const problem = wrong ? html`<span class="refused" role="alert">${wrong}</span>` : nothing;
    const [first, second] = [cell(keys[0]), cell(keys[1])];
    if (list === "phases")
      return html`<div class="path-row">for ${first} months ${second} % each ${remove}${problem}</div>`;
    if (list === "steps") return html`<div class="path-row">from month ${first} × ${second} ${remove}${problem}</div>`;
    return html`<div class="path-row">${first} services × ${second} ${remove}${problem}</div>`;
  };
  const all = {
    phases: (phases ?? []) as Record<string, unknown>[],
    steps: (steps ?? []) as Record<string, unknown>[],
    services: (byService ?? []) as Record<string, unknown>[],
  };
  return html`<div class="input">
    <div class="top"><span>Growth and decline</span></div>
    ${all.phases.map((_, index) => row("phases", all.phases, index))}
    ${all.steps.map((_, index) => row("steps", all.steps, index))}
    ${all.services.map((_, index) => row("services", all.services, index))}
    ${all.phases.length + all.steps.length + all.services.length === 0 ? html`<div class="about">Level over all months.</div>` : nothing}
    <div class="about adding">
      <button class="link-button" @click=${() => set("phases", [...all.phases, { months: 12, monthlyGrowth: 0.03 }])}>add a phase</button>
      <button class="link-button" @click=${() => set("steps", [...all.steps, { month: 13, factor: 0.5 }])}>add a step</button>
      <button class="link-button" @click=${() => set("services", [...all.services, { services: 1, factor: 2 }])}>add a service’s own</button>
    </div>
  </div>`;
}

/** The reader's own range of a fact that he has replaced. */
export function ownRange(scenario: Scenario, fact: Fact): Range {
  const now = own(scenario, `facts.${fact.id}`);
  return typeof now === "number" ? { p10: now, p50: now, p90: now } : { ...fact, ...(now as Partial<Range>) };
}

/** A fact that the reader has replaced. */
function ownFact(context: Context, id: string): TemplateResult {
  const { state, go } = context;
  const fact = catalog().facts.find((fact) => fact.id === id)!;
  return html`<div class="input changed"><div class="top"><span>${fact.label}</span>
      <span class="yours">${shownRange(ownRange(state.scenario, fact), fact)}</span> <span class="unit">${unitShown(fact)}</span></div>
    <div class="about"><span>was ${shownRange(fact, fact)}</span>
      <button class="link-button" @click=${() => go({ ...state, scenario: changed(state.scenario, `facts.${id}`, undefined) })}>reset</button></div></div>`;
}

/** Replaces a fact by the reader's own value, or says why not. */
export function replaceFact(context: Context, id: string, text: string): string | undefined {
  const fact = catalog().facts.find((fact) => fact.id === id) as Fact;
  const parsed = parse(text, { unit: fact.unit, kind: "number" });
  if ("error" in parsed) return parsed.error;
  const scenario = changed(context.state.scenario, `facts.${id}`, parsed.value);
  try {
    const [problem] = validate(scenario);
    if (problem) return `${sentenceCase(problem.message)}; ${problem.remedy}.`;
  } catch (error) {
    return (error as MovingPartsError).message;
  }
  context.go({ ...context.state, scenario });
  return undefined;
}
