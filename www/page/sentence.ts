/** The answer in one sentence; its numbers are controls. */

import { html, nothing, type TemplateResult } from "lit";
import { catalog, type Field, type Odds, type Outcome, variantLabel } from "#engine";
import { changed } from "../engine/paths.ts";
import { agree, among, capital, exact, oneIn, ranked, short, span, spoken, usd } from "../engine/words.ts";
import { type Context, computed } from "./context.ts";
import { dragged, grasp, release } from "./drag.ts";
import { commit, type Entry, refusal, restore, stepped } from "./field.ts";
import * as drawn from "./odds.ts";
import { oddsOf } from "./odds.ts";
import { differenceOf } from "./pin.ts";
import { rangesOf } from "./said.ts";
import { term } from "./terms.ts";
import { bordersOf } from "./tracks.ts";
import { shown } from "./values.ts";

/** Whether the draws leave it open who costs least. */
export function tossUp({ answers }: Context): boolean {
  return drawn.tossUp(answers.now.variants);
}

/** The variant that costs least in the mean, and the one of the others that is the cheapest most often. */
export function rivals({ answers, comparison }: Context): Outcome[] {
  const outcome = ({ variant }: Odds) => comparison.variants.find((outcome) => outcome.variant === variant)!;
  return drawn.rivals(answers.now.variants).map(outcome);
}

export function sentence(context: Context): TemplateResult {
  const { comparison, state, answers } = context;
  const [best, second] = rivals(context);
  const developers = rangesOf(state.scenario).get("team.developers")!.p50 === 1 ? "developer" : "developers";
  const start = html`For ${control(context, "team.developers", "developers")} ${developers} and
    ${control(context, "workload.weeklyUsers", "weekly users")} weekly users${path(best ?? comparison.variants[0]!)}, ${among(comparison.variants.length, catalog().variants.length)}`;
  const cost = (outcome: Outcome) => {
    const question = { variant: outcome.variant, metric: "totals.monthlyUsd" };
    return computed(context, usd(outcome.totals.monthlyUsd), question, `a month, ${variantLabel(outcome.variant)}`);
  };
  const allIn = html`a month ${term("all-in", html`<span class="whole">all-in</span>`)}`;
  const between = (outcome: Outcome) => {
    const spread = oddsOf(context, outcome.variant)?.figures["totals.monthlyUsd"];
    return spread && spread.p10 !== spread.p90
      ? html` <span class="whole">($${span(spread.p10, spread.p90)})</span>`
      : nothing;
  };
  const wrong = (outcome: Outcome) => {
    const chance = 1 - (oddsOf(context, outcome.variant)?.chanceBest ?? 1);
    return chance < 0.02 ? " That is hardly ever wrong." : ` That is wrong ${oneIn(chance)}.`;
  };
  // Of one variant nothing is said against others.
  const [only] = comparison.variants.length === 1 ? comparison.variants : [];
  const answer = !best
    ? only
      ? html`${start}<b>${variant(only.variant)} ${agree(only.variant, "does", "do")} not fit</b>: see what stops it.`
      : html`${start}<b>nothing fits</b>: see what stops each.`
    : !second
      ? html`${start}${only ? nothing : "only "}${variant(best.variant)} ${only ? agree(best.variant, "costs", "cost") : `${agree(best.variant, "fits", "fit")}:`} ${cost(best)} ${allIn}${between(best)}.`
      : tossUp(context)
        ? html`${start}it is a ${term("toss-up")} between ${variant(best.variant)} and ${variant(second.variant)}:
            ${cost(best)} and ${cost(second)} ${allIn}.`
        : html`${start}${variant(best.variant)} ${agree(best.variant, "costs", "cost")} least: ${cost(best)} ${allIn}${between(best)}.${wrong(best)}${border(context, best)}`;
  const draws = answers.now.draws;
  return html`<p class="answer">${answer}</p>
    ${CONTROLS.map((path) => refusedOf(context, path))}
    <p class="hidden" id="spoken" role="status"></p>
    <p class="doubt">${best && second && tossUp(context) ? open(context, best, second) : nothing} ${differenceOf(context, best)}</p>
    <p class="legend">
      <span><span class="yours">yours</span> drag, type or arrow keys</span>
      <span><span class="dotted">computed</span> opens formula and sources</span>
      <span>${term("eight draws in ten", "Ranges hold in eight draws of ten")}</span>
      <span class="draws">${
        answers.now.worthKnowing ? `${exact(draws)} draws` : "Drawing more; ranges may still move"
      }</span>
    </p>`;
}

/** How often each of two that are too near to call is the cheapest, and what the better one costs in the mean. */
function open(context: Context, best: Outcome, second: Outcome): TemplateResult {
  const odds = (outcome: Outcome) => oddsOf(context, outcome.variant)!;
  const chance = (outcome: Outcome) => oneIn(odds(outcome).chanceBest);
  const spread = odds(best).figures["totals.monthlyUsd"]!;
  const [is, are] = [best, second].map(({ variant }) => agree(variant, "is", "are"));
  const other = variantLabel(second.variant);
  return html`${capital(variantLabel(best.variant))} ${agree(best.variant, "costs", "cost")} least in the mean
    (<span class="whole">$${span(spread.p10, spread.p90)}</span> in eight draws of ten) and ${is} the cheapest ${chance(best)}${
      odds(second).chanceBest > odds(best).chanceBest
        ? `; ${other} ${are} that more often, ${chance(second)}, and cost${are === "is" ? "s" : ""} far more in the other draws.`
        : `; ${other} ${are} that ${chance(second)}.`
    }${next(context, second)}`;
}

/** The second cheapest in the mean, where the rival that is named is another. */
function next(context: Context, second: Outcome): TemplateResult | typeof nothing {
  const outcome = ranked(context.comparison)[1];
  if (!outcome || outcome.variant === second.variant) return nothing;
  const is = agree(outcome.variant, "is", "are");
  return html` Next in the mean ${is} ${variantLabel(outcome.variant)}, at ${usd(outcome.totals.monthlyUsd)}.`;
}

/** Where the audience goes, if it goes far. */
function path({ monthly }: Outcome): string {
  const users = monthly.weeklyUsers;
  const [first, last] = [users[0]!, users[users.length - 1]!];
  if (first <= 0 || (last > 0.67 * first && last < 1.5 * first)) return "";
  return `, ${last < first ? "falling" : "growing"} to ${inWords(last)}`;
}

/** A number to two digits, from a million on in words. */
function inWords(value: number): string {
  const rounded = Number(value.toPrecision(2));
  return (rounded >= 1e6 ? spoken(rounded) : short(rounded)).replaceAll(" ", "\u00a0");
}

/** The nearest border along the audience. */
function border(context: Context, best: Outcome): TemplateResult | typeof nothing {
  const field = catalog().fields.find(({ path }) => path === "workload.weeklyUsers") as Field;
  const now = rangesOf(context.state.scenario).get(field.path)!.p50;
  const nearest = bordersOf(context.answers, field, now).find(
    ({ winner }) => winner !== null && winner !== best.variant,
  );
  if (!nearest?.winner) return nothing;
  return html` ${nearest.factor < 1 ? "Below" : "Above"} about <span class="whole">${inWords(nearest.at)}</span> users it is ${variant(nearest.winner)}.`;
}

function variant(id: string): TemplateResult {
  return html`<span class="variant" data-variant=${id}>${variantLabel(id)}</span>`;
}

/** A screen reader hears the answer once, when it has stood still for a moment. */
const SPEAK_MS = 700;

/** By page or calculator: what was said last, and when the next word comes. */
const speech = new WeakMap<Document | ShadowRoot, { last: string; next: ReturnType<typeof setTimeout> }>();

/** The sentence as it is read, its fields by what they hold. */
function spokenWords(node: Node): string {
  if (node instanceof HTMLInputElement) return node.value;
  if (node instanceof Text) return node.data;
  return Array.from(node.childNodes, spokenWords).join("");
}

export function speakSoon(root: Document | ShadowRoot = document): void {
  const { last = "", next: waiting } = speech.get(root) ?? {};
  clearTimeout(waiting);
  const next = setTimeout(() => {
    const [answer, region] = [root.querySelector(".answer"), root.getElementById("spoken")];
    const words = answer ? spokenWords(answer).replace(/\s+/g, " ").trim() : "";
    if (region && words !== last) region.textContent = words;
    speech.set(root, { last: words, next });
  }, SPEAK_MS);
  speech.set(root, { last, next });
}

/** The numbers of the sentence. */
const CONTROLS = ["team.developers", "workload.weeklyUsers"] as const;
type Control = (typeof CONTROLS)[number];

/** A number of the sentence, as it is typed into. */
function entryOf(path: Control): Entry {
  const field = catalog().fields.find((field) => field.path === path) as Field;
  const show = ({ p50 }: { p50: number }) => (p50 >= 1e6 ? spoken(p50) : shown(p50, field));
  return { field, place: `sentence.${path}`, show };
}

/** Why what was typed into the sentence was refused: a calculator may have no other place that says so. */
function refusedOf(context: Context, path: Control): TemplateResult | typeof nothing {
  const entry = entryOf(path);
  const wrong = refusal(context, entry);
  return wrong ? html`<p class="refused" id=${entry.place} role="alert">${wrong.reason}</p>` : nothing;
}

/** A number of the sentence: a field that looks like the words around it, and moves when it is dragged sideways. */
function control(context: Context, path: Control, name: string): TemplateResult {
  const entry = entryOf(path);
  const { field, place } = entry;
  const range = rangesOf(context.state.scenario).get(path)!;
  const value = range.p50;
  const wrong = refusal(context, entry);
  const words = wrong?.text ?? entry.show(range);
  const put = (next: number) =>
    context.go({ ...context.state, scenario: changed(context.state.scenario, path, next) }, "slide");
  return html`<input class="yours" type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
    aria-label=${name} size=${Math.max(1, words.length)} .value=${words}
    aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? place : nothing}
    @change=${(event: Event) => commit(context, entry, event.target as HTMLInputElement)}
    @pointerdown=${(event: PointerEvent) => grasp(event.currentTarget, event, field, value)}
    @pointermove=${(event: PointerEvent) => {
      const next = dragged(event.currentTarget, event, field);
      if (next !== undefined && next !== value) put(next);
    }}
    @pointerup=${release} @pointercancel=${release}
    @keydown=${(event: KeyboardEvent) => {
      if (wrong) restore(context, entry, event);
      const next = stepped(event, field, value);
      if (next === undefined) return;
      event.preventDefault();
      put(next);
    }}>`;
}
