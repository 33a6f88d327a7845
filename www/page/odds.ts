/** What the draws say of the variants: which of them are a choice, and whether it is clear who costs least. */

import type { Odds, Uncertainty } from "../engine/public.ts";

/** A variant is a choice if it fits in half of the draws or more, as in the engine. */
export const FITS = 0.5;

/** Below this share of the draws no variant is called the cheapest: two in three. */
export const CLEAR = 2 / 3;

/** What a variant costs over the horizon in the mean: by this the best is found, as in the engine. */
function cost({ figures }: Odds): number {
  return figures["totals.tcoUsd"]!.mean;
}

/** The variants that are a choice, by what they cost in the mean. */
export function choices(variants: readonly Odds[]): Odds[] {
  return variants.filter(({ fits }) => fits >= FITS).sort((a, b) => cost(a) - cost(b));
}

/** The variant that costs least in the mean, and the one of the others that is the cheapest most often. */
export function rivals(variants: readonly Odds[]): Odds[] {
  const [best, ...others] = choices(variants);
  // What is the cheapest as often stays in its order: the one that costs less first.
  const [second] = others.sort((a, b) => b.chanceBest - a.chanceBest);
  return [best, second].filter((odds) => odds !== undefined);
}

/** Whether the draws leave it open who costs least. */
export function tossUp(variants: readonly Odds[]): boolean {
  const most = Math.max(...variants.map(({ chanceBest }) => chanceBest));
  return choices(variants).length > 1 && most < CLEAR;
}

/** What the draws of the numbers shown say of a variant. */
export function oddsOf({ answers }: { answers: { now: Uncertainty } }, variant: string): Odds | undefined {
  return answers.now.variants.find((row) => row.variant === variant);
}
