/** What the draws say of the variants: which of them are a choice, and whether it is clear who costs least. */

import type { Odds, Uncertainty } from "./public.ts";

/** A variant is a choice if it fits in half of the draws or more, as in the engine. */
export const FITS = 0.5;

/** What fits in so many of the draws is not said to be in doubt. */
export const SURELY = 0.985;

/** What fits in fewer of them is the answer only if it fits: the sentence says so. */
export const DOUBTED = 0.9;

/** The better of two is clear if it costs less in two draws of three. */
export const CLEAR = 2 / 3;

/** What is the cheapest in fewer draws than one in ten is not spoken of. */
const RARE = 0.1;

/**
 * What the draws say, and in which share of them one variant costs less than another, whether they fit or not, by their
 * places: all meet the same draws.
 */
export interface Drawn extends Uncertainty {
  cheaper: number[][];
}

/** Holds the draws of every variant against those of every other. */
export function paired(all: Uncertainty): Drawn {
  const lists = all.variants.map(({ monthlyUsd }) => monthlyUsd);
  const share = (one: Float64Array, other: Float64Array) => {
    let less = 0;
    for (let draw = 0; draw < one.length; draw++) if (one[draw]! < other[draw]!) less++;
    return less / Math.max(1, one.length);
  };
  return { ...all, cheaper: lists.map((one) => lists.map((other) => share(one, other))) };
}

/** The share of the draws in which one variant costs less than another, whether they fit or not. */
export function costsLess({ variants, cheaper }: Drawn, one: Odds, other: Odds): number {
  return cheaper[variants.indexOf(one)]![variants.indexOf(other)]!;
}

/** What a variant costs over the horizon in the mean: by this the best is found, as in the engine. */
function cost({ figures }: Odds): number {
  return figures["totals.tcoUsd"]!.mean;
}

/** The variants that are a choice, by what they cost in the mean. */
export function choices(variants: readonly Odds[]): Odds[] {
  return variants.filter(({ fits }) => fits >= FITS).sort((a, b) => cost(a) - cost(b));
}

/** The answer as the draws have it. */
export interface Verdict {
  /** Costs least in the mean, of those that are a choice. */
  best: Odds;
  /** What it is a toss-up with, the nearest in the mean first: choices that cost less in more than one draw of three. */
  near: Odds[];
  /** What costs least where the best one does not fit, if that is in doubt and nothing is near: the next that fits in more draws. */
  otherwise: Odds | undefined;
  /** What the best one is held against: one of these, or the next in the mean. */
  second: Odds | undefined;
}

/**
 * Who costs least, and what is open about it: whether another costs less, or whether it fits. Which of two costs less is
 * asked draw by draw, so that a wide range of either makes no toss-up if they move together. None if nothing is a choice.
 */
export function verdictOf(drawn: Drawn): Verdict | undefined {
  const [best, ...others] = choices(drawn.variants);
  if (!best) return undefined;
  const near = others.filter((odds) => costsLess(drawn, odds, best) > 1 - CLEAR);
  const open = near.length === 0 && best.fits < DOUBTED;
  const otherwise = open ? others.find(({ fits }) => fits > best.fits) : undefined;
  return { best, near, otherwise, second: near[0] ?? otherwise ?? others[0] };
}

/** The variants that fit and are the cheapest often enough to be spoken of, the most often first, choices or not. */
export function oftenBest(variants: readonly Odds[]): Odds[] {
  return variants.filter(({ chanceBest }) => chanceBest >= RARE).sort((a, b) => b.chanceBest - a.chanceBest);
}
