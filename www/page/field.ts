/** One input: its label, its exact field, its slider, and what is to be said of it. */

import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import { type Field, type Scenario, validate } from "#engine";
import { defaultOf } from "../engine/byname.ts";
import { changed, own } from "../engine/paths.ts";
import { count } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { differs } from "./differing.ts";
import { goOn, rootOf } from "./focus.ts";
import { optionLabel } from "./options.ts";
import type { Answers } from "./questions.ts";
import { type Refusal, refusalAt } from "./refusals.ts";
import { rangesOf, setsOf } from "./said.ts";
import { consequence, drawn, labels, words } from "./tracks.ts";
import {
  fromSlider,
  further,
  inPercent,
  inWords,
  parse,
  problemShown,
  type Range,
  SLIDER_STEPS,
  shown,
  shownRange,
  toSlider,
  unitBeside,
  unitShown,
} from "./values.ts";

/** What the handlers of an input do. They outlive the draw that made them, and hold nothing of it. */
type Hands = Pick<Context, "now" | "go" | "redraw" | "refusals">;

/** An input that is typed into: where, and how it shows what it holds. */
export interface Entry {
  field: Field;
  /** The same input may be typed into at several places; what is refused at one is no business of the others. */
  place: string;
  show: (range: Range) => string;
}

/** What was refused at an entry. */
export function refusal({ refusals, state }: Context, { field, place }: Entry): Refusal | undefined {
  return refusalAt(refusals, place, () => held(state.scenario, field));
}

/** What an input holds, and of which company. */
function held(scenario: Scenario, { path }: Field): string {
  const { p10, p50, p90 } = rangesOf(scenario)[path]!;
  return [scenario.preset, p10, p50, p90].join(" ");
}

/** What an input is drawn from, beside its field. */
interface Drawn {
  value: Range;
  base: Range;
  /** The names that a set holds. */
  names: string[];
  isChanged: boolean;
  /** What its company says of it by itself before it is changed, if anything. */
  before: unknown;
  wrong: Refusal | undefined;
  /** The colours of its track. */
  answers: Answers;
}

/**
 * An input, drawn anew only where something of it has changed.
 * @param company The company before anything is changed: the preset's, or the one that the author of a post describes.
 */
export function input(context: Context, field: Field, company: Scenario): TemplateResult {
  const { now, go, redraw, refusals, state, answers } = context;
  const [value, base] = [state.scenario, company].map((scenario) => rangesOf(scenario)[field.path]!) as [Range, Range];
  const isChanged = differs(field, company, state.scenario);
  const before = own(company, field.path);
  const names = field.kind === "set" ? setsOf(state.scenario)[field.path]! : [];
  const wrong = refusal(context, entryOf(field));
  const track = answers.tracks?.[field.path];
  const numbers = [value, base].flatMap(({ p10, p50, p90 }) => [p10, p50, p90]);
  // A change that was refused leaves a slider or a box where the reader has put it: it goes back.
  const from = [field, ...numbers, names.join(), isChanged, JSON.stringify(before), wrong, track, context.refused];
  const hands = { now, go, redraw, refusals };
  const all = {
    value,
    base,
    names,
    isChanged,
    before,
    wrong,
    answers: track ? { tracks: { [field.path]: track } } : {},
  };
  return html`${guard(from, () => whole(hands, field, all))}`;
}

function entryOf(field: Field): Entry {
  return { field, place: field.path, show: (range) => shownRange(range, field) };
}

type Set = (next: unknown, step?: "slide") => void;

/** How an input is set. */
function setting({ now, go, refusals }: Hands, field: Field): Set {
  return (next, step) => {
    refusals.delete(field.path);
    go({ ...now(), scenario: changed(now().scenario, field.path, next) }, step);
  };
}

function whole(hands: Hands, field: Field, all: Drawn): TemplateResult {
  const { value, base, isChanged, before, answers } = all;
  const set = setting(hands, field);
  const id = idOf(field);
  const reset = isChanged
    ? html`<button class="link-button" aria-label="Reset ${field.label}" @click=${(event: Event) => {
        const button = event.currentTarget as HTMLElement;
        const [root, row] = [rootOf(button), button.closest(".input")];
        set(before);
        goOn(root, () =>
          row?.isConnected
            ? row.querySelector<HTMLElement>(".top :is(input, select), summary")
            : root.getElementById("inputs"),
        );
      }}>reset</button>`
    : nothing;
  const least = words(answers, field);
  const was = isChanged
    ? `was ${beforeInWords(field, base)}`
    : `${least ? `Costs least: ${least}. ` : ""}${why(field)}`;
  return html`<div class="input ${isChanged ? "changed" : ""}">${control(hands, field, all, set)}
    <div class="about"><span class=${isChanged ? "" : "why"} id="${id}-about" title=${was}>${was}</span>${rangeSwitch(field, value, set)}${reset}</div></div>`;
}

function idOf({ path }: Field): string {
  return path.replaceAll(".", "-");
}

/** What an input is changed with. */
function control(hands: Hands, field: Field, all: Drawn, set: Set): TemplateResult {
  const { value, names } = all;
  const id = idOf(field);
  if (field.kind === "flag") {
    return html`<div class="top"><label for=${id}>${field.label}</label>
      <input id=${id} type="checkbox" .checked=${live(value.p50 !== 0)} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}></div>`;
  }
  if (field.kind === "choice") {
    return html`<div class="top"><label for=${id}>${field.label}</label>
      <select id=${id} .value=${live(field.options![value.p50]!)} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
        ${field.options!.map((name, index) => html`<option value=${name} ?selected=${index === value.p50}>${optionLabel(field, name)}</option>`)}
      </select></div>`;
  }
  if (field.kind === "set") {
    const pick = (name: string, on: boolean) => set(on ? [...names, name] : names.filter((other) => other !== name));
    return html`<details class="set"><summary>${field.label} <span class="note">${names.length === 0 ? "none" : count(names.length, "chosen", "chosen")}</span></summary>
      <div class="names">${field.options!.map(
        (name) =>
          html`<label><input type="checkbox" .checked=${live(names.includes(name))} @change=${(event: Event) =>
            pick(name, (event.target as HTMLInputElement).checked)}> ${optionLabel(field, name)}</label>`,
      )}</div></details>`;
  }
  return number(hands, field, all, set);
}

function number(hands: Hands, field: Field, { value, base, wrong, answers }: Drawn, set: Set): TemplateResult {
  const id = idOf(field);
  const entry = entryOf(field);
  const text = wrong?.text ?? entry.show(value);
  return html`<div class="top"><label for=${id}>${field.label}</label>
      <input id=${id} type="text" inputmode="decimal" autocomplete="off" spellcheck="false" size=${Math.max(9, text.length)} .value=${text}
        aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? `${id}-wrong` : `${id}-about`}
        @change=${(event: Event) => commit(hands, entry, event.target as HTMLInputElement)}
        @keydown=${(event: KeyboardEvent) => restore(hands, entry, event)}>
      <span class="unit">${unitBeside(field)}</span></div>
    ${wrong ? html`<p class="refused" id="${id}-wrong" role="alert">${wrong.reason}</p>` : nothing}
    ${slider(answers, field, value, base, set)}`;
}

/** One thumb for the likely value, and two more where the input is a range. */
function slider(answers: Answers, field: Field, value: Range, base: Range, set: Set): TemplateResult {
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
      aria-label="${field.label}${name}" aria-valuetext="${shown(value[key], field)} ${unitShown(field)}${consequence(answers, field, value[key])}" @input=${move}>`;
  };
  const at = (number: number) => toSlider(number, field) / SLIDER_STEPS;
  const moved = !ranged && base.p50 !== value.p50;
  return html`<div class="slide ${ranged ? "ranged" : ""}" .style=${`--low:${at(value.p10)};--high:${at(value.p90)};--was:${at(base.p50)}`}>
    ${drawn(answers, field)}${labels(answers, field)}${moved ? html`<span class="notch"></span>` : nothing}
    ${ranged ? html`<span class="within"></span>${thumb("p10", ", low")}` : nothing}${thumb("p50", ranged ? ", likely" : "")}${ranged ? thumb("p90", ", high") : nothing}</div>`;
}

/** Makes a range of a number, and one number of a range. */
function rangeSwitch(field: Field, value: Range, set: Set): TemplateResult | typeof nothing {
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

function beforeInWords(field: Field, base: Range): string {
  if (field.kind === "set") return count(base.p50, "chosen", "chosen");
  return inWords(field, base);
}

/** Where a default comes from, in short. */
function why(field: Field): string {
  const fact = defaultOf(field);
  return fact ? `${field.doc} Default: ${fact.source}, ${fact.date}.` : field.doc;
}

/** Takes what was typed, or refuses it with the reason; the last good answer stays. */
export function commit(hands: Hands, { field, place, show }: Entry, element: HTMLInputElement): void {
  const { go, redraw, refusals } = hands;
  const state = hands.now();
  const current = rangesOf(state.scenario)[field.path]!;
  const text = element.value;
  if (text === show(current)) {
    if (refusals.delete(place)) redraw();
    return;
  }
  const refuse = (why: string): void => {
    const reason = `${why} Still showing the answer for ${shownRange(current, field)}${inPercent(field) ? " %" : ""}.`;
    refusals.set(place, { text, reason, held: held(state.scenario, field) });
    redraw();
  };
  const parsed = parse(text, field);
  if ("error" in parsed) {
    refuse(parsed.error);
    return;
  }
  const scenario = changed(state.scenario, field.path, parsed.value);
  const [problem] = validate(scenario);
  if (problem) {
    refuse(problemShown(problem, field));
    return;
  }
  refusals.delete(place);
  go({ ...state, scenario });
  // The fields are drawn again only where their value has changed: what was typed for the same value is tidied here.
  element.value = show(rangesOf(scenario)[field.path]!);
}

/** Esc gives a field its last good value back. */
export function restore({ now, redraw, refusals }: Hands, { field, place, show }: Entry, event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  (event.target as HTMLInputElement).value = show(rangesOf(now().scenario)[field.path]!);
  if (refusals.delete(place)) redraw();
}

/** The value that an arrow key leads to. */
export function stepped(event: KeyboardEvent, field: Field, value: number): number | undefined {
  const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
  if (direction === 0) return undefined;
  const steps = direction * (event.shiftKey ? 10 : 1);
  if (!field.log) {
    const next = Number((value + steps * ((field.high - field.low) / 100)).toPrecision(12));
    return Math.min(field.max, Math.max(field.min, next));
  }
  return further(value, steps * 2, field);
}
