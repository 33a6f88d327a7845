/** The colours of the sliders' tracks: who costs least in the mean at each place, all else as it is. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { catalog, type Field, type SweptAxis, type VariantId, variantLabel } from "#engine";
import { agree, short } from "../engine/words.ts";
import { shortName } from "./names.ts";
import type { Answers, Asked } from "./questions.ts";
import { fromSlider, inPercent, rounded, SLIDER_STEPS, shown, toSlider, unitBeside } from "./values.ts";

/** Places on a track at which the answer is computed. */
const PLACES = 24;

/** How far beyond a border its winner is known, as a factor. */
export const BEYOND = 4 / 3;

/** Letters that have room above a whole track, and the share of it that is too narrow for the value at its end. */
const [LETTERS, NARROW] = [44, 1 / 12];

/** A stretch of a track with one winner, from where the one before it ends. */
export interface Stretch {
  winner: VariantId | null;
  /** The last value of it. */
  upTo: number;
}

/** A place where another variant becomes the cheapest. */
export interface Border {
  field: Field;
  at: number;
  /** Over what the scenario says. */
  factor: number;
  winner: VariantId | null;
}

let all: Asked["tracks"] | undefined;

/** The sliders that have a track, those that stand first in front. */
export function tracked(first: readonly string[]): Asked["tracks"] {
  const front = (field: Field) => (first.includes(field.path) ? 0 : 1);
  all ??= [...catalog().fields].sort((a, b) => front(a) - front(b)).flatMap(laid);
  return all;
}

/** The places of a field's track; none where it is no slider. */
export function laid(field: Field): Asked["tracks"] {
  if (field.kind !== "number" && field.kind !== "count") return [];
  const value = (place: number) => fromSlider(((place + 0.5) / PLACES) * SLIDER_STEPS, field);
  return [{ path: field.path, values: Array.from({ length: PLACES }, (_, place) => value(place)) }];
}

/** The stretches of a field by the winners at its places; their ends are told to two digits: they are known no better. */
export function stretchesOf(winners: readonly (VariantId | null)[], field: Field): Stretch[] {
  const end = (place: number) => rounded(fromSlider((place / PLACES) * SLIDER_STEPS, field), field);
  return joined(winners.map((winner, place) => ({ winner, upTo: end(place + 1) })));
}

/** Neighbours of one winner are one stretch. */
function joined(stretches: Stretch[]): Stretch[] {
  return stretches.filter(({ winner }, at) => winner !== stretches[at + 1]?.winner);
}

/** Which stretch a value lies in: the last one has no end. */
function holding(stretches: Stretch[], value: number): number {
  const at = stretches.findIndex(({ upTo }) => value <= upTo);
  return at < 0 ? stretches.length - 1 : at;
}

/**
 * Stretches that end where a border next to the value of now was found by more draws than they are of. Beyond it, as far as it
 * was looked at and as far as they would have gone without it, is its own winner.
 * @param best Who costs least at the value of now.
 */
export function withBorder(
  stretches: Stretch[],
  { field, at, winner, factor }: Border,
  best: VariantId | null,
): Stretch[] {
  const here = holding(stretches, at / factor);
  const own = { ...stretches[here]!, winner: best };
  if (factor > 1) {
    const beyond = Math.max(own.upTo, at * BEYOND);
    const after = stretches.filter(({ upTo }) => upTo > beyond);
    return joined([...stretches.slice(0, here), { ...own, upTo: at }, { winner, upTo: beyond }, ...after]);
  }
  const beyond = Math.min(stretches[here - 1]?.upTo ?? at, at / BEYOND);
  const cut = { ...stretches[holding(stretches, beyond)]!, upTo: beyond };
  const before = [...stretches.filter(({ upTo }) => upTo < beyond), ...(beyond > field.low ? [cut] : [])];
  // Of what is counted a border from above is the last that is still the answer of now.
  const last = field.kind === "count" ? at - 1 : at;
  return joined([...before, { winner, upTo: last }, own, ...stretches.slice(here + 1)]);
}

/**
 * The nearest borders of an answer below and above a value, the nearer one first: those of the map, which knows them better,
 * if it has them. None where the few draws of a place say that another costs least here: theirs are borders of another answer.
 */
export function bordersOf(answers: Answers, field: Field, now: number, best: VariantId | null): Border[] {
  const { map, tracks } = answers;
  const axis = [map?.x, map?.y].find((axis) => axis?.path === field.path);
  if (axis) return map?.winner === best ? bordersOn(axis, field) : [];
  const stretches = tracks?.[field.path] ?? [];
  const here = holding(stretches, now);
  const border = (at: number, winner: VariantId | null) => ({ field, at, factor: at / now, winner });
  const around: Border[] = [];
  const [below, own, above] = [stretches[here - 1], stretches[here], stretches[here + 1]];
  if (own?.winner !== best) return [];
  if (below) around.push(border(below.upTo, below.winner));
  if (own && above) around.push(border(own.upTo, above.winner));
  return around.filter(({ factor }) => factor > 0 && Number.isFinite(factor)).sort((a, b) => distance(a) - distance(b));
}

/** The borders along an axis of the map, the nearer one first. */
export function bordersOn({ below, above }: SweptAxis, field: Field): Border[] {
  const known = [below, above].flatMap((border) =>
    border && border.factor !== null ? [{ field, at: border.at, factor: border.factor, winner: border.winner }] : [],
  );
  return known.sort((a, b) => distance(a) - distance(b));
}

/** What a value leads to, for those who cannot see the track. */
export function consequence({ tracks }: Answers, field: Field, value: number): string {
  const stretches = tracks?.[field.path];
  if (!stretches) return "";
  const { winner } = stretches[holding(stretches, value)]!;
  return winner === null ? "; nothing fits" : `; ${variantLabel(winner)} ${agree(winner, "costs", "cost")} least`;
}

/** How far a border is, as a ratio. Logarithms differ between browsers in the last digit, which is to decide no order. */
export function distance({ factor }: { factor: number }): number {
  return Number(Math.abs(Math.log(Math.max(1e-9, factor))).toFixed(6));
}

/** Where stretches begin and end on the slider, as shares of it. */
function laidOut(stretches: Stretch[], field: Field): { winner: VariantId | null; from: number; to: number }[] {
  const ends = stretches.map(({ upTo }, at) =>
    at === stretches.length - 1 ? 1 : toSlider(upTo, field) / SLIDER_STEPS,
  );
  return stretches.map(({ winner }, at) => ({ winner, from: ends[at - 1] ?? 0, to: ends[at]! }));
}

/** The coloured track of a field; its words are those of {@link words}. */
export function drawn({ tracks }: Answers, field: Field): TemplateResult | typeof nothing {
  const stretches = tracks?.[field.path];
  if (!stretches) return nothing;
  return html`<svg class="track" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
    ${laidOut(stretches, field).map(
      ({ winner, from, to }) =>
        svg`<rect class="stretch" data-variant=${winner ?? "none"} x=${from} width=${to - from} height="1"></rect>`,
    )}
  </svg>`;
}

/** Names above the stretches that have room for them, and the values at which they end; shown while a field is in use. */
export function labels({ tracks }: Answers, field: Field): TemplateResult | typeof nothing {
  const stretches = tracks?.[field.path];
  if (!stretches || stretches.length < 2) return nothing;
  return html`<div class="stretches" aria-hidden="true">${laidOut(stretches, field).map(({ winner, from, to }, at) => {
    const name = winner ? shortName(winner) : "nothing";
    const { upTo } = stretches[at]!;
    return html`${
      (to - from) * LETTERS > name.length
        ? html`<b data-variant=${winner ?? "none"} .style=${`left:${((from + to) / 2) * 100}%`}>${name}</b>`
        : nothing
    }${
      at < stretches.length - 1 && to - from > NARROW
        ? html`<i .style=${`left:${to * 100}%`}>${inPercent(field) ? shown(upTo, field) : short(upTo)}</i>`
        : nothing
    }`;
  })}</div>`;
}

/** Who costs least along a field, in words. */
export function words({ tracks }: Answers, field: Field): string {
  const stretches = tracks?.[field.path];
  if (!stretches) return "";
  const name = ({ winner }: Stretch) => (winner ? variantLabel(winner) : "nothing fits");
  if (stretches.length === 1) return `${name(stretches[0]!)} whatever the value`;
  const unit = unitBeside(field);
  const parts = stretches.map((stretch, index) => {
    if (index === stretches.length - 1) return `${name(stretch)} above`;
    return `${name(stretch)} up to about ${shown(rounded(stretch.upTo, field), field)}${unit ? ` ${unit}` : ""}`;
  });
  return parts.join(", ");
}
