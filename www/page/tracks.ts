/** The colours of the sliders' tracks: who costs least in the mean at each place, all else as it is. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { catalog, type Field, type SweptAxis, type VariantId, variantLabel } from "#engine";
import { agree, short } from "../engine/words.ts";
import { shortName } from "./names.ts";
import type { Answers, Asked } from "./questions.ts";
import { type Border, holding, type Stretch } from "./stretches.ts";
import { fromSlider, inPercent, rounded, SLIDER_STEPS, shown, toSlider, unitBeside } from "./values.ts";

/** Places on a track at which the answer is computed. */
const PLACES = 24;

/** Letters that have room above a whole track, and the share of it that is too narrow for the value at its end. */
const [LETTERS, NARROW] = [44, 1 / 12];

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

/** The last values of the places of a field, to two digits: they are known no better. */
export function ends(field: Field): number[] {
  const end = (place: number) => rounded(fromSlider((place / PLACES) * SLIDER_STEPS, field), field);
  return Array.from({ length: PLACES }, (_, place) => end(place + 1));
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
  const around: Border[] = [];
  const border = (outwards: 1 | -1, at: number, winner: VariantId | null) =>
    around.push({ field, at, outwards, factor: at / now, winner });
  const [below, own, above] = [stretches[here - 1], stretches[here], stretches[here + 1]];
  if (own?.winner !== best) return [];
  if (below) border(-1, below.upTo, below.winner);
  if (own && above) border(1, own.upTo, above.winner);
  return around.filter(({ factor }) => factor > 0 && Number.isFinite(factor)).sort((a, b) => distance(a) - distance(b));
}

/** The borders along an axis of the map, the nearer one first. */
export function bordersOn({ below, above }: SweptAxis, field: Field): Border[] {
  const towards = (outwards: 1 | -1, border: SweptAxis["below"]): Border[] =>
    border && border.factor !== null
      ? [{ field, at: border.at, outwards, factor: border.factor, winner: border.winner }]
      : [];
  const known = [...towards(-1, below), ...towards(1, above)];
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
