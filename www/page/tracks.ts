/** The colours of the sliders' tracks: who costs least in the mean at each place, all else as it is. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { catalog, type Field, type SweptAxis, type VariantId, variantLabel } from "#engine";
import { agree, short } from "../engine/words.ts";
import { shortName } from "./names.ts";
import type { Answers, Asked } from "./questions.ts";
import { fromSlider, inPercent, rounded, SLIDER_STEPS, shown, toSlider, unitBeside } from "./values.ts";

/** Places on a track at which the answer is computed. */
const PLACES = 24;

/** A stretch of a track with one winner; `from` and `to` are places on it. */
export interface Stretch {
  winner: VariantId | null;
  from: number;
  to: number;
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

/** Stretches by the answer that they are of: a field asks for its own several times over. */
const known = new WeakMap<readonly (VariantId | null)[], Stretch[]>();

/** The stretches of a field's track; nothing if they are not known yet. */
function stretchesOf({ tracks }: Answers, field: Field): Stretch[] | undefined {
  const winners = tracks?.[field.path];
  if (!winners) return undefined;
  const stretches: Stretch[] = known.get(winners) ?? [];
  if (stretches.length > 0) return stretches;
  known.set(winners, stretches);
  winners.forEach((winner, place) => {
    const last = stretches[stretches.length - 1];
    if (last?.winner === winner) last.to = place + 1;
    else stretches.push({ winner, from: place, to: place + 1 });
  });
  return stretches;
}

/** The value at the end of a stretch, to two digits: it is known no better. */
function end({ to }: Stretch, field: Field): number {
  return rounded(fromSlider((to / PLACES) * SLIDER_STEPS, field), field);
}

/**
 * The nearest borders of an answer below and above a value, the nearer one first: those of the map, which knows them better,
 * if it has them. None where the few draws of a place say that another costs least here: theirs are borders of another answer.
 */
export function bordersOf(answers: Answers, field: Field, now: number, best: VariantId | null): Border[] {
  const { map } = answers;
  const axis = [map?.x, map?.y].find((axis) => axis?.path === field.path);
  if (axis) return map?.winner === best ? bordersOn(axis, field) : [];
  const stretches = stretchesOf(answers, field) ?? [];
  const place = Math.min(PLACES - 1, Math.floor((toSlider(now, field) / SLIDER_STEPS) * PLACES));
  const here = stretches.findIndex(({ from, to }) => place >= from && place < to);
  const border = (at: number, winner: VariantId | null) => ({ field, at, factor: at / now, winner });
  const around: Border[] = [];
  const [below, own, above] = [stretches[here - 1], stretches[here], stretches[here + 1]];
  if (own?.winner !== best) return [];
  if (below) around.push(border(end(below, field), below.winner));
  if (own && above) around.push(border(end(own, field), above.winner));
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
export function consequence(answers: Answers, field: Field, value: number): string {
  const place = Math.min(PLACES - 1, Math.floor((toSlider(value, field) / SLIDER_STEPS) * PLACES));
  const winner = answers.tracks?.[field.path]?.[place];
  if (winner === undefined) return "";
  return winner === null ? "; nothing fits" : `; ${variantLabel(winner)} ${agree(winner, "costs", "cost")} least`;
}

/** How far a border is, as a ratio. Logarithms differ between browsers in the last digit, which is to decide no order. */
export function distance({ factor }: { factor: number }): number {
  return Number(Math.abs(Math.log(Math.max(1e-9, factor))).toFixed(6));
}

/** The coloured track of a field; its words are those of {@link words}. */
export function drawn(answers: Answers, field: Field): TemplateResult | typeof nothing {
  const stretches = stretchesOf(answers, field);
  if (!stretches) return nothing;
  return html`<svg class="track" viewBox="0 0 ${PLACES} 1" preserveAspectRatio="none" aria-hidden="true">
    ${stretches.map(
      ({ winner, from, to }) =>
        svg`<rect class="stretch" data-variant=${winner ?? "none"} x=${from} width=${to - from} height="1"></rect>`,
    )}
  </svg>`;
}

/** Names above the stretches that have room for them, and the values at which they end; shown while a field is in use. */
export function labels(answers: Answers, field: Field): TemplateResult | typeof nothing {
  const stretches = stretchesOf(answers, field);
  if (!stretches || stretches.length < 2) return nothing;
  const middle = ({ from, to }: Stretch) => `left:${((from + to) / 2 / PLACES) * 100}%`;
  return html`<div class="stretches" aria-hidden="true">${stretches.map((stretch, index) => {
    const name = stretch.winner ? shortName(stretch.winner) : "nothing";
    const room = ((stretch.to - stretch.from) / PLACES) * 44;
    return html`${
      room > name.length
        ? html`<b data-variant=${stretch.winner ?? "none"} .style=${middle(stretch)}>${name}</b>`
        : nothing
    }${
      index < stretches.length - 1 && stretch.to - stretch.from > 2
        ? html`<i .style=${`left:${(stretch.to / PLACES) * 100}%`}>${inPercent(field) ? shown(end(stretch, field), field) : short(end(stretch, field))}</i>`
        : nothing
    }`;
  })}</div>`;
}

/** Who costs least along a field, in words. */
export function words(answers: Answers, field: Field): string {
  const stretches = stretchesOf(answers, field);
  if (!stretches) return "";
  const name = ({ winner }: Stretch) => (winner ? variantLabel(winner) : "nothing fits");
  if (stretches.length === 1) return `${name(stretches[0]!)} whatever the value`;
  const unit = unitBeside(field);
  const parts = stretches.map((stretch, index) => {
    if (index === stretches.length - 1) return `${name(stretch)} above`;
    return `${name(stretch)} up to about ${shown(end(stretch, field), field)}${unit ? ` ${unit}` : ""}`;
  });
  return parts.join(", ");
}
