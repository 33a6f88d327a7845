/** What the draws say of the variants: which of them are a choice, and whether it is clear who costs least. */

import { FITS } from "./generated.ts";
import type { Odds, Uncertainty } from "./public.ts";

export { FITS };

/** What fits in so many of the draws is not said to be in doubt. */
export const SURELY = 0.985;

/** What fits in fewer of them is the answer only if it fits: the sentence says so. */
export const DOUBTED = 0.9;

/** It is clear who costs least if it does so in two draws of three. */
export const CLEAR = 2 / 3;

/** What costs half as much again in the mean is no toss-up with the cheapest, however often it costs less. */
const NEAR = 1.5;

/** What is the cheapest in fewer draws than one in ten is not spoken of. */
const RARE = 0.1;

/** How the variants compare in the draws, by their places: all meet the same draws. */
interface Pairs {
  /** In which share of the draws one costs less than another, whether they fit or not. */
  cheaper: number[][];
  /** In which share of the draws one costs less than every other that is a choice, whether they fit or not. */
  leads: number[];
}

/** An answer from draws, and beside it what is drawn from the same draws for the words and the figures. */
export interface Drawn {
  /** The answer, as whoever asks the engine has it. */
  said: Uncertainty;
  pairs: Pairs;
}

/** Holds the draws of every variant against those of every other. */
export function paired(said: Uncertainty): Drawn {
  const lists = said.variants.map(({ monthlyUsd }) => monthlyUsd);
  const share = (one: Float64Array, other: Float64Array) => {
    let less = 0;
    for (let draw = 0; draw < one.length; draw++) if (one[draw]! < other[draw]!) less++;
    return less / Math.max(1, one.length);
  };
  const cheaper = lists.map((one) => lists.map((other) => share(one, other)));
  // The least of the choices in each draw, and the next: one leads if it is below the least of the others.
  const choice = lists.filter((_, at) => said.variants[at]!.fits >= FITS);
  const [least, next] = [0, 1].map(() => new Float64Array(lists[0]?.length ?? 0).fill(Number.POSITIVE_INFINITY));
  for (const list of choice) {
    for (let draw = 0; draw < list.length; draw++) {
      const usd = list[draw]!;
      if (usd < least![draw]!) [next![draw], least![draw]] = [least![draw]!, usd];
      else if (usd < next![draw]!) next![draw] = usd;
    }
  }
  const leads = lists.map((list) => {
    if (!choice.includes(list)) return share(list, least!);
    let less = 0;
    for (let draw = 0; draw < list.length; draw++)
      if (list[draw] === least![draw] && list[draw]! < next![draw]!) less++;
    return less / Math.max(1, list.length);
  });
  return { said, pairs: { cheaper, leads } };
}

/** The share of the draws in which one variant costs less than another, whether they fit or not. */
export function costsLess({ said: { variants }, pairs }: Drawn, one: Odds, other: Odds): number {
  return pairs.cheaper[variants.indexOf(one)]![variants.indexOf(other)]!;
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
  /** What it is a toss-up with, the likeliest to cost less first: other choices. None if it is clear who costs least. */
  near: Odds[];
  /** Where it is not clear who costs least, and nothing is near: the choice that does most often when the best one does not. */
  rival: Odds | undefined;
  /** What costs least where the best one does not fit, if that is in doubt and nothing is near: the next that fits in more draws. */
  otherwise: Odds | undefined;
  /** What fits too seldom to be a choice, and still fits and costs least in more draws than the best one, if nothing else is open. */
  unless: Odds | undefined;
  /** What the best one is held against: one of these, or the next in the mean. */
  second: Odds | undefined;
}

/**
 * Who costs least, and what is open about it: whether another costs less, or whether it fits. Which of two costs less is
 * asked draw by draw, so that a wide range of either makes no toss-up if they move together. None if nothing is a choice.
 */
export function verdictOf(drawn: Drawn): Verdict | undefined {
  const { said, pairs } = drawn;
  const [best, ...others] = choices(said.variants);
  if (!best) return undefined;
  const leads = (odds: Odds) => pairs.leads[said.variants.indexOf(odds)]!;
  const open = leads(best) <= CLEAR;
  const near = open ? rivals(drawn, best, others, leads) : [];
  const contested = open && near.length === 0;
  const [rival] = contested ? others.toSorted((a, b) => leads(b) - leads(a)) : [];
  const doubted = near.length === 0 && best.fits < DOUBTED;
  const otherwise = doubted ? others.find(({ fits }) => fits > best.fits) : undefined;
  const [most] = oftenBest(said.variants);
  const unless = near.length === 0 && !otherwise && most && most.fits < FITS ? most : undefined;
  return { best, near, rival, otherwise, unless, second: near[0] ?? otherwise ?? rival ?? others[0] };
}

/**
 * What the best is a toss-up with: each that costs less in one draw of three, or those that do so together. None of them is
 * much dearer in the mean: a toss-up would say that it is as good a choice.
 */
function rivals(drawn: Drawn, best: Odds, others: Odds[], leads: (odds: Odds) => number): Odds[] {
  const isNear = (odds: Odds) => cost(odds) <= NEAR * cost(best);
  const less = (odds: Odds) => costsLess(drawn, odds, best);
  const alone = others.filter((odds) => less(odds) > 1 - CLEAR);
  if (alone.length > 0) return alone.filter(isNear).sort((a, b) => less(b) - less(a));
  const together: Odds[] = [];
  let led = leads(best);
  for (const odds of others.toSorted((a, b) => leads(b) - leads(a))) {
    if (led > CLEAR) break;
    together.push(odds);
    led += leads(odds);
  }
  return together.every(isNear) ? together : [];
}

/** So many of those that may be the cheapest are named. */
export const MENTIONED = 3;

/** Those of a toss-up that are named, the best one first; none if it is clear who costs least. */
export function tossedUp({ best, near }: Pick<Verdict, "best" | "near">): Odds[] {
  return near.length === 0 ? [] : [best, ...near].slice(0, MENTIONED);
}

/** The variants that fit and are the cheapest often enough to be spoken of, the most often first, choices or not. */
export function oftenBest(variants: readonly Odds[]): Odds[] {
  return variants.filter(({ chanceBest }) => chanceBest >= RARE).sort((a, b) => b.chanceBest - a.chanceBest);
}
