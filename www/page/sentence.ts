/** The answer in one sentence; its numbers are controls. */

import { html, nothing, type TemplateResult } from "lit";
import { catalog, type Odds, type Outcome, type Spread, type VariantId, variantLabel } from "#engine";
import { fieldAt } from "../engine/byname.ts";
import {
  costsLess,
  DOUBTED,
  FITS,
  MENTIONED,
  oftenBest,
  SURELY,
  tossedUp,
  type Verdict,
  verdictOf,
} from "../engine/odds.ts";
import { changed } from "../engine/paths.ts";
import {
  agree,
  among,
  amounts,
  capital,
  exact,
  hundredths,
  listed,
  named,
  ofHundred,
  short,
  span,
  spoken,
  usd,
} from "../engine/words.ts";
import { type Context, computed } from "./context.ts";
import { dragged, grasp } from "./drag.ts";
import { commit, type Entry, refusal, restore, stepped } from "./field.ts";
import { shortName } from "./names.ts";
import { nearest } from "./nofit.ts";
import { differenceOf } from "./pin.ts";
import { AUDIENCE } from "./questions.ts";
import { rangesOf } from "./said.ts";
import { term } from "./terms.ts";
import { type Range, readable, shown } from "./values.ts";

export function sentence(context: Context): TemplateResult {
  const { comparison, state, answers } = context;
  const verdict = verdictOf(answers.now);
  const best = comparison.variants.find((outcome) => outcome.variant === verdict?.best.variant);
  const ranges = rangesOf(state.scenario);
  const counted = (path: string, thing: string) => named(exact(likeliestPeople(ranges[path]!)), thing);
  const developers = counted("team.developers", "developer");
  const users = counted(AUDIENCE, "weekly user");
  const start = html`For ${control(context, "team.developers", "developers")} ${developers} and
    ${control(context, "workload.weeklyUsers", "weekly users")} ${users}${path(best ?? comparison.variants[0]!)}, ${among(comparison.variants.length, catalog().variants.length)}`;
  const answer = comparison.variants.length === 1 ? alone(context, verdict) : ofMany(context, verdict);
  return html`<p class="answer">${start}${answer}</p>
    ${CONTROLS.map((path) => refusedOf(context, path))}
    <p class="hidden" id="spoken" role="status"></p>
    <p class="doubt">${verdict ? doubt(context, verdict) : nothing} ${differenceOf(context, best)}</p>
    <p class="legend">
      <span><span class="yours">yours</span> drag, type or arrow keys</span>
      <span><span class="dotted">computed</span> opens formula and sources</span>
      <span>${term("eight draws in ten", "Ranges hold in eight draws of ten")}</span>
      <span class="draws">${soFar(answers)}</span>
    </p>`;
}

/** How many draws all this is of, and what is still to come, or why it never does: a border is named when it is confirmed. */
function soFar({ now, fresh, failed }: Context["answers"]): string {
  const draws = `${exact(now.said.draws)} draws`;
  if (failed !== undefined) return `${draws}; the rest could not be computed: ${failed}`;
  if (!now.said.worthKnowing) return "Drawing more; ranges may still move";
  return `${draws}${fresh.has("borders") ? "" : "; borders are being worked out"}`;
}

/** Of one variant nothing is said against others: what it costs, and whether it fits. */
function alone(context: Context, verdict: Verdict | undefined): TemplateResult {
  if (!verdict) {
    const { variant: id } = context.comparison.variants[0]!;
    return html`<b>${variant(id)} ${agree(id, "does", "do")} not fit</b>: see what stops it.`;
  }
  const { best } = verdict;
  const rarely = best.fits < SURELY ? html`, and ${agree(best.variant, "fits", "fit")} in ${draws(best)}` : nothing;
  return html`${variant(best.variant)} ${agree(best.variant, "costs", "cost")} ${cost(context, best)} ${allIn()}${between(best)}${rarely}.`;
}

/** Who costs least, and from where on another does. */
function ofMany(context: Context, verdict: Verdict | undefined): TemplateResult {
  if (!verdict) {
    const odds = nearest(context);
    if (!odds || odds.fits === 0) return html`<b>nothing fits</b>: see what stops each.`;
    const { variant: id } = odds;
    return html`<b>nothing fits</b> in most draws; ${variant(id)} ${agree(id, "comes", "come")} nearest, in ${draws(odds)}: see what stops each.`;
  }
  return html`${costsLeast(context, verdict)}${border(context, verdict.best)}`;
}

/** Who costs least and how much, with what is open about it: another may cost less, it may not fit, or both are rare. */
function costsLeast(context: Context, { best, near, rival, otherwise, unless, second }: Verdict): TemplateResult {
  const tossed = tossedUp({ best, near });
  if (tossed.length > 0) {
    return html`it is a ${term("toss-up")} between ${listed(tossed.map((odds) => variant(odds.variant)))}:
      ${listed(tossed.map((odds) => cost(context, odds)))} ${allIn()}.${mayNotFit(tossed)}`;
  }
  const name = variant(best.variant);
  const price = html`${cost(context, best)} ${allIn()}${between(best)}`;
  const least = html`${name} ${agree(best.variant, "costs", "cost")} least`;
  if (otherwise) {
    return html`${least} if ${agree(best.variant, "it fits, which it does", "they fit, which they do")}
      in ${draws(best)}: ${price}; else it is ${variant(otherwise.variant)}, at ${cost(context, otherwise)}.`;
  }
  if (unless) {
    const fit = agree(unless.variant, "fits, which it does", "fit, which they do");
    return html`${least}: ${price}; unless ${variant(unless.variant)} ${fit} in ${draws(unless)}, at ${cost(context, unless)}.`;
  }
  if (!second) {
    const elsewhere = context.answers.now.said.variants.some((odds) => odds !== best && odds.fits > 0);
    const rarely = best.fits < SURELY ? html`, in ${draws(best)}` : nothing;
    return html`only ${name} ${agree(best.variant, "fits", "fit")}${elsewhere ? " in most draws" : ""}${rarely}: ${price}.`;
  }
  if (rival) {
    // Counted as beneath it: of all that fit in a draw, choices or not.
    return html`${least} in the mean: ${price}.
      In <span class="whole">${ofHundred(1 - best.chanceBest)}</span> draws ${agree(best.variant, "it is", "they are")} not the cheapest that fits.`;
  }
  return html`${least}: ${price}.
    That is wrong in <span class="whole">${ofHundred(1 - best.chanceBest)}</span> draws.`;
}

/** In how many draws those of a toss-up fit that may not, as a sentence. */
function mayNotFit(tossed: Odds[]): TemplateResult | typeof nothing {
  const doubted = tossed.filter(({ fits }) => fits < DOUBTED);
  if (doubted.length === 0) return nothing;
  const often = doubted.map((odds, index) =>
    index === 0
      ? html`${variant(odds.variant)} ${agree(odds.variant, "fits", "fit")} in ${draws(odds)}`
      : html`${variant(odds.variant)} in <span class="whole">${hundredths(odds.fits)}</span>`,
  );
  return html` Of these ${listed(often)}.`;
}

/** What a variant costs a month in the mean, with its derivation behind it. */
function cost(context: Context, { variant, figures }: Odds): TemplateResult {
  const question = { variant, metric: "totals.monthlyUsd" };
  return joined(computed(context, usd(monthly(figures).mean), question, `a month, ${variantLabel(variant)}`));
}

function allIn(): TemplateResult {
  return html`a month ${joined(term("all-in", html`<span class="whole">all-in</span>`))}`;
}

/** A button and the stop behind it: between them a line could end, and the stop begin the next one. */
function joined(button: TemplateResult): TemplateResult {
  return html`<span class="joined">${button}</span>`;
}

/** Where that lies in eight draws of ten. */
function between({ figures }: Odds): TemplateResult | typeof nothing {
  const { p10, p90 } = monthly(figures);
  return p10 === p90 ? nothing : html` <span class="whole">($${span(p10, p90)})</span>`;
}

/** In how many draws a variant fits. */
function draws({ fits }: Odds): TemplateResult {
  return html`<span class="whole">${ofHundred(fits)}</span> draws`;
}

function monthly(figures: Odds["figures"]): Spread {
  return figures["totals.monthlyUsd"]!;
}

/** What is close or in doubt, in numbers: how often the others cost less, and who is the cheapest of those that fit. */
function doubt(context: Context, { best, near, rival, otherwise }: Verdict): TemplateResult | typeof nothing {
  const tossed = tossedUp({ best, near });
  // Of a toss-up it is said already how often the others cost less; not how often they do so and fit.
  const doubted = tossed.some(({ fits }) => fits < DOUBTED);
  const often = oftenBest(context.answers.now.said.variants).filter((odds) => doubted || !tossed.includes(odds));
  // What is no choice, and the cheapest all the same where it fits, is not to be hidden.
  if (near.length === 0 && !otherwise && !rival && often.every(({ fits }) => fits >= FITS)) return nothing;
  const { p10, p90 } = monthly(best.figures);
  const less = near.map((odds, index) => {
    const { variant } = odds;
    const chance = costsLess(context.answers.now, odds, best);
    const name = variantLabel(variant);
    return index === 0
      ? `${name} ${agree(variant, "costs", "cost")} less in ${ofHundred(chance)} draws`
      : `${name} in ${hundredths(chance)}`;
  });
  const close =
    less.length === 0
      ? nothing
      : html`${capital(variantLabel(best.variant))} ${agree(best.variant, "costs", "cost")} least in the mean
        (<span class="whole">$${span(p10, p90)}</span> in eight draws of ten), but ${listed(less)}${doubted ? ", whether they fit or not" : ""}. `;
  const cheapest = often.slice(0, MENTIONED).map(({ variant, chanceBest, figures }, index) => {
    const priced = [best, otherwise].some((odds) => odds?.variant === variant);
    const price = priced ? "" : ` (${amounts(usd(monthly(figures).mean))})`;
    const times = index === 0 ? `${ofHundred(chanceBest)} draws` : hundredths(chanceBest);
    return `${variantLabel(variant)}${price} in ${times}`;
  });
  return html`${close}${cheapest.length === 0 ? nothing : html`Of those that fit, the cheapest is ${listed(cheapest)}.`}`;
}

/** The answer in a few words, where the sentence cannot be seen: it crowns nothing that the sentence does not. */
export function inShort({ answers }: Context): TemplateResult {
  const verdict = verdictOf(answers.now);
  if (!verdict) return html`nothing fits`;
  const { best, otherwise } = verdict;
  const tossed = tossedUp(verdict);
  const name = (variant: VariantId, called: string) =>
    html`<span class="one" data-variant=${variant}><span class="swatch"></span><b>${called}</b></span>`;
  const mean = ({ figures }: Odds) => monthly(figures).mean;
  const line = (names: unknown, amount: string, doubt = "") =>
    html`<span class="brief"><span class="who">${names}</span> <span class="whole">${amount}</span></span> <span class="rest">a month${doubt}</span>`;
  if (tossed.length === 0) {
    return line(
      name(best.variant, variantLabel(best.variant)),
      usd(mean(best)),
      otherwise ? `, fits in ${ofHundred(best.fits)}` : "",
    );
  }
  const means = tossed.map(mean);
  const names = tossed.map(({ variant }) => name(variant, shortName(variant)));
  return line(listed(names, "or"), `$${span(Math.min(...means), Math.max(...means))}`);
}

/** Where the audience goes, if it goes far: its peak on the way, if that stands out, and its end. */
function path({ monthly }: Outcome): string {
  const users = monthly.weeklyUsers;
  const [first, last] = [users[0]!, users[users.length - 1]!];
  const peak = Math.max(...users);
  if (first <= 0) return "";
  if (peak > FAR * Math.max(first, last)) return `, growing to ${inWords(peak)} and falling to ${inWords(last)}`;
  if (last * FAR > first && last < FAR * first) return "";
  return `, ${last < first ? "falling" : "growing"} to ${inWords(last)}`;
}

/** An audience that becomes so many times as large, or as small, goes far. */
const FAR = 1.5;

/** So many people to two digits, from a million on in words: whole ones. */
function inWords(value: number): string {
  const rounded = Math.round(Number(value.toPrecision(2)));
  return (rounded >= 1e6 ? spoken(rounded) : short(rounded)).replaceAll(" ", "\u00a0");
}

/** The nearest border along the audience, once all draws have confirmed it. */
function border({ answers }: Context, best: Odds): TemplateResult | typeof nothing {
  const named = (answers.fresh.has("borders") && answers.borders?.[AUDIENCE]?.named) || [];
  const nearest = named.find(({ winner }) => winner !== null && winner !== best.variant);
  if (!nearest?.winner) return nothing;
  const where = html`${nearest.outwards < 0 ? "Below" : "Above"} about <span class="whole">${inWords(nearest.at)}</span> users`;
  // What costs less here too, and is no choice only because it fits too seldom, does not begin to cost less there.
  const { variants } = answers.now.said;
  const rarely = variants.find(({ variant, fits }) => variant === nearest.winner && fits < FITS);
  if (rarely && monthly(rarely.figures).mean < monthly(best.figures).mean)
    return html` ${where} ${variant(rarely.variant)}, which ${agree(rarely.variant, "costs", "cost")} less here too, ${agree(rarely.variant, "fits", "fit")} in most draws.`;
  return html` ${where} it is ${variant(nearest.winner)}.`;
}

function variant(id: string): TemplateResult {
  return html`<span class="variant" data-variant=${id}>${variantLabel(id)}</span>`;
}

/** A screen reader hears the answer once, when it has stood still for a moment. */
const SPEAK_MS = 700;

/** By page or calculator: what was said last, and when the next word comes. */
const speech = new WeakMap<Document | ShadowRoot, { last: string; next: ReturnType<typeof setTimeout> }>();

/** The sentence as it is read, its fields by what they hold. */
export function spokenWords(node: Node): string {
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

/** So many people as the sentence says them: of a range only the ends were written, and between them are whole ones. */
function likeliestPeople({ p10, p50, p90 }: Range): number {
  return p10 === p90 ? p50 : Math.max(1, Math.round(p50));
}

/** A number of the sentence, as it is typed into. */
function entryOf(path: Control): Entry {
  const field = fieldAt(path);
  const show = (range: Range) => {
    const value = likeliestPeople(range);
    return value >= 1e6 ? spoken(value) : shown(readable(value, field), field);
  };
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
  const range = rangesOf(context.state.scenario)[path]!;
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
    @keydown=${(event: KeyboardEvent) => {
      if (wrong) restore(context, entry, event);
      const next = stepped(event, field, value);
      if (next === undefined) return;
      event.preventDefault();
      put(next);
    }}>`;
}
