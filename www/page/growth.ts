/** The path of the load: phases of growth and decline, steps, and services that grow by factors of their own. */

import { html, nothing, type TemplateResult } from "lit";
import { type Field, type Scenario, validate } from "#engine";
import { changed } from "../engine/paths.ts";
import { named } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { pathLine } from "./handles.ts";
import { fieldOf, type Item, LISTS, type List, listsOf, rangeOf } from "./lists.ts";
import { refusalAt } from "./refusals.ts";
import { parse, problemShown, type Range, shownRange } from "./values.ts";

/** What two scenarios say in one of the lists, in words. */
interface Said {
  label: string;
  before: string;
  after: string;
  isOther: boolean;
  /** Whether neither says anything there. */
  isEmpty: boolean;
}

/** All the lists of two scenarios. */
export function growthSaid(before: Scenario, after: Scenario): Said[] {
  const [old, now] = [listsOf(before), listsOf(after)];
  return (Object.keys(LISTS) as List[]).map((list) => ({
    label: LISTS[list].label,
    before: inWords(list, old[list]),
    after: inWords(list, now[list]),
    isOther: JSON.stringify(numbersOf(list, old[list])) !== JSON.stringify(numbersOf(list, now[list])),
    isEmpty: old[list].length + now[list].length === 0,
  }));
}

/** The lists in which two scenarios differ, each in words: `steps of the load none → × 10 from month 13`. */
export function growthDiffering(before: Scenario, after: Scenario): string[] {
  return growthSaid(before, after)
    .filter(({ isOther }) => isOther)
    .map(({ label, before: old, after: now }) => `${label} ${old} → ${now}`);
}

/** The two numbers of each item: one that is sure may be written as a number or as a range. */
function numbersOf(list: List, items: Item[]): [Range, Range][] {
  const [first, second] = LISTS[list].keys;
  return items.map((item) => [rangeOf(item[first]), rangeOf(item[second])]);
}

function inWords(list: List, items: Item[]): string {
  if (items.length === 0) return list === "phases" ? "level" : "none";
  const [first, second] = LISTS[list].keys.map((key) => fieldOf(list, key)) as [Field, Field];
  const all = numbersOf(list, items).map(([one, other]) => {
    const [number, value] = [shownRange(one, first), shownRange(other, second)];
    if (list === "phases") return `${value} % a month for ${number} ${named(number!, "month")}`;
    return list === "steps" ? `× ${value} from month ${number}` : `× ${value} for ${number} of the services`;
  });
  return all.join(list === "phases" ? ", then " : ", ");
}

export function growth(context: Context): TemplateResult {
  const all = listsOf(context.state.scenario);
  const rows = (list: List) => all[list].map((_, index) => row(context, list, all[list], index));
  const add = (list: List, item: Item) => () => set(context, list, [...all[list], item]);
  return html`<div class="input">
    <div class="top"><span>Growth and decline</span></div>
    ${pathLine(context)}
    ${rows("phases")}${rows("steps")}${rows("services")}
    ${all.phases.length + all.steps.length + all.services.length === 0 ? html`<div class="about">Level over all months.</div>` : nothing}
    <div class="about adding">
      <button class="link-button" @click=${add("phases", { months: 12, monthlyGrowth: 0.03 })}>add a phase</button>
      <button class="link-button" @click=${add("steps", { month: 13, factor: 0.5 })}>add a step</button>
      <button class="link-button" @click=${add("services", { services: 1, factor: 2 })}>add a service’s own</button>
    </div>
  </div>`;
}

function set({ state, go }: Context, list: List, items: Item[]): void {
  go({ ...state, scenario: changed(state.scenario, LISTS[list].path, items) });
}

/** An item of a list, its numbers as fields. */
function row(context: Context, list: List, items: Item[], index: number): TemplateResult {
  const { keys } = LISTS[list];
  const [first, second] = keys.map((key) => cell(context, list, items, index, key));
  const remove = html`<button class="link-button" aria-label="Remove" @click=${() =>
    set(
      context,
      list,
      items.filter((_, at) => at !== index),
    )}>✕</button>`;
  const wrong = keys.map((key) => refused(context, list, items, index, key)).find((refusal) => refusal);
  const problem = wrong ? html`<span class="refused" role="alert">${wrong.reason}</span>` : nothing;
  if (list === "phases")
    return html`<div class="path-row">for ${first} months ${second} % each ${remove}${problem}</div>`;
  if (list === "steps") return html`<div class="path-row">from month ${first} × ${second} ${remove}${problem}</div>`;
  return html`<div class="path-row">${first} services × ${second} ${remove}${problem}</div>`;
}

/** What was refused in a field of an item; another item may take its place, and then the list is another. */
function refused({ refusals }: Context, list: List, items: Item[], index: number, key: string) {
  return refusalAt(refusals, `${list}.${index}.${key}`, () => JSON.stringify(items));
}

function cell(context: Context, list: List, items: Item[], index: number, key: string): TemplateResult {
  const { path } = LISTS[list];
  const field = fieldOf(list, key);
  const range = rangeOf(items[index]![key]);
  const wrong = refused(context, list, items, index, key);
  const take = (event: Event) => {
    const { value: text } = event.target as HTMLInputElement;
    const parsed = parse(text, field);
    const next = items.map((item, at) => (at === index && "value" in parsed ? { ...item, [key]: parsed.value } : item));
    const [problem] = validate(changed(context.state.scenario, path, next));
    const reason = "error" in parsed ? parsed.error : problem && problemShown(problem, field);
    if (reason === undefined) return set(context, list, next);
    context.refusals.set(`${list}.${index}.${key}`, { text, reason, held: JSON.stringify(items) });
    context.redraw();
  };
  return html`<input type="text" inputmode="decimal" aria-label="${field.label} ${index + 1}" .value=${wrong?.text ?? shownRange(range, field)}
    aria-invalid=${wrong ? "true" : "false"} title=${wrong?.reason ?? field.doc} @change=${take}>`;
}
