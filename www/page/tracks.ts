/** The colours of the sliders' tracks: who costs least at each place, all else equal. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { type Field, type Scenario, toLink, type VariantId, variantLabel, winners } from "#engine";
import { fromSlider, SLIDER_STEPS, shown, unitBeside } from "./values.ts";

/** Places on a track at which the answer is computed. */
const PLACES = 24;

/** A stretch of a track with one winner; `from` and `to` are places on it. */
interface Stretch {
  winner: VariantId | null;
  from: number;
  to: number;
}

/** The tracks of the last scenario that was asked for; a track that is not yet computed keeps its last colours. */
const tracks = new Map<string, Stretch[]>();
let computedFor = "";

/**
 * Computes the tracks of some fields while nothing else is to be done, one field at a time, and calls back when all are
 * there. A later call takes over from an earlier one.
 */
export function compute(scenario: Scenario, fields: Field[], done: () => void): void {
  const key = toLink(scenario);
  if (key === computedFor) return;
  computedFor = key;
  const waiting = fields.filter((field) => field.kind === "number" || field.kind === "count");
  const next = () => {
    if (computedFor !== key) return;
    const field = waiting.shift();
    if (!field) return done();
    tracks.set(field.path, track(scenario, field));
    setTimeout(next);
  };
  // A thumb that is being moved asks for a new answer many times a second; the colours can wait until it rests.
  setTimeout(next, 150);
}

function track(scenario: Scenario, field: Field): Stretch[] {
  const values = Array.from({ length: PLACES }, (_, place) =>
    fromSlider(((place + 0.5) / PLACES) * SLIDER_STEPS, field),
  );
  const stretches: Stretch[] = [];
  winners(scenario, { path: field.path, values }).forEach((winner, place) => {
    const last = stretches[stretches.length - 1];
    if (last?.winner === winner) last.to = place + 1;
    else stretches.push({ winner, from: place, to: place + 1 });
  });
  return stretches;
}

/** The coloured track of a field; its words are those of {@link words}. */
export function drawn(field: Field): TemplateResult | typeof nothing {
  const stretches = tracks.get(field.path);
  if (!stretches) return nothing;
  return html`<svg class="track" viewBox="0 0 ${PLACES} 1" preserveAspectRatio="none" aria-hidden="true">
    ${stretches.map(
      ({ winner, from, to }) =>
        svg`<rect class="stretch" data-variant=${winner ?? "none"} x=${from} width=${to - from} height="1"></rect>`,
    )}
  </svg>`;
}

/** Who costs least along a field, in words. */
export function words(field: Field): string {
  const stretches = tracks.get(field.path);
  if (!stretches) return "";
  const name = ({ winner }: Stretch) => (winner ? variantLabel(winner) : "nothing fits");
  if (stretches.length === 1) return `${name(stretches[0]!)} whatever the value`;
  const unit = unitBeside(field);
  const parts = stretches.map((stretch, index) => {
    if (index === stretches.length - 1) return `${name(stretch)} above`;
    const border = shown(Number(fromSlider((stretch.to / PLACES) * SLIDER_STEPS, field).toPrecision(2)), field);
    return `${name(stretch)} up to about ${border}${unit ? ` ${unit}` : ""}`;
  });
  return parts.join(", ");
}
