/** Who costs least along an input, as stretches of it, and the borders between them. */

import type { Field, VariantId } from "../engine/api.ts";

/** A stretch of an input with one winner, from where the one before it ends. */
export interface Stretch {
  winner: VariantId | null;
  /** The last value of it. */
  upTo: number;
}

/** A place where another variant becomes the cheapest. */
export interface Border {
  field: Field;
  at: number;
  /** Whether it lies above the value of now, or below: it may be that value itself. */
  outwards: 1 | -1;
  /** Over the value of now. */
  factor: number;
  winner: VariantId | null;
}

/** The answer that borders are those of. */
export interface Here {
  /** The value that the scenario says. */
  now: number;
  /** Who costs least there. */
  best: VariantId;
}

/** How far beyond a border its winner is known, as a factor. */
export const BEYOND = 4 / 3;

/** The stretches of winners that follow each other, by the last value of each. */
export function stretchesOf(winners: readonly (VariantId | null)[], ends: readonly number[]): Stretch[] {
  return joined(winners.map((winner, place) => ({ winner, upTo: ends[place]! })));
}

/** Neighbours of one winner are one stretch, and what ends no later than the one before it is none. */
function joined(stretches: Stretch[]): Stretch[] {
  const some = stretches.filter(({ upTo }, at) => at === 0 || upTo > stretches[at - 1]!.upTo);
  return some.filter(({ winner }, at) => winner !== some[at + 1]?.winner);
}

/** Which stretch a value lies in: the last one has no end. */
export function holding(stretches: readonly Stretch[], value: number): number {
  const at = stretches.findIndex(({ upTo }) => value <= upTo);
  return at < 0 ? stretches.length - 1 : at;
}

/**
 * Stretches that end where a border next to the value of now was found by more draws than they are of. Beyond it, as far as it
 * was looked at and as far as they would have gone without it, is its own winner: where they come back to the answer of now
 * just beyond, they take it for the winner as they did before.
 */
export function withBorder(
  stretches: readonly Stretch[],
  { field, at, winner, outwards }: Border,
  { now, best }: Here,
): Stretch[] {
  const here = holding(stretches, now);
  const own = { ...stretches[here]!, winner: best };
  const isCount = field.kind === "count";
  if (outwards > 0) {
    const looked = Math.max(own.upTo, isCount ? Math.ceil(at * BEYOND) : at * BEYOND);
    const next = stretches.find(({ upTo }) => upTo > looked);
    const beyond = next?.winner === best ? next.upTo : looked;
    const after = stretches.filter(({ upTo }) => upTo > beyond);
    return joined([...stretches.slice(0, here), { ...own, upTo: at }, { winner, upTo: beyond }, ...after]);
  }
  // Of what is counted a border from above is the last that is still the answer of now.
  const last = isCount ? at - 1 : at;
  const looked = Math.min(stretches[here - 1]?.upTo ?? field.low, isCount ? Math.floor(last / BEYOND) : last / BEYOND);
  const next = holding(stretches, looked);
  const beyond = stretches[next]!.winner === best ? (stretches[next - 1]?.upTo ?? field.low) : looked;
  const before = stretches.filter(({ upTo }) => upTo < beyond);
  const cut = beyond > field.low ? [{ ...stretches[holding(stretches, beyond)]!, upTo: beyond }] : [];
  return joined([...before, ...cut, { winner, upTo: last }, own, ...stretches.slice(here + 1)]);
}
