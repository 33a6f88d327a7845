/** Where nothing fits in most draws there is no answer: what comes nearest to fitting, and what stops it. */

import { type Obstacle, type Odds, type Outcome, variantLabel } from "#engine";
import { choices } from "../engine/odds.ts";
import { agree, ofHundred } from "../engine/words.ts";
import type { Context } from "./context.ts";
import { pathOf } from "./ways.ts";

/** What fits in the most draws, where nothing does in most; of those that fit as often, what costs least. */
export function nearest({ answers }: Context): Odds | undefined {
  const { variants } = answers.now.said;
  if (choices(variants).length > 0) return undefined;
  const cost = ({ figures }: Odds) => figures["totals.tcoUsd"]!.mean;
  return [...variants].sort((a, b) => b.fits - a.fits || cost(a) - cost(b))[0];
}

/**
 * That nothing fits in most draws, as a sentence without its stop; nothing where something does.
 * @param nothing What does not fit.
 */
export function nothingFits(context: Context, nothing = "nothing fits"): string | undefined {
  const odds = nearest(context);
  if (!odds) return undefined;
  const { variants } = context.comparison;
  const { variant, fits } = odds;
  const [name, fit] = [variantLabel(variant), agree(variant, "fits", "fit")];
  const stop = stopping(context, variants.find((outcome) => outcome.variant === variant)!);
  const why = stop === undefined ? "" : `, and ${stop} stops ${agree(variant, "it", "them")}`;
  // One alone is held against nothing.
  if (variants.length === 1)
    return `${name} ${fit} in ${fits === 0 ? "no draw" : `only ${ofHundred(fits)} draws`}${why}`;
  if (fits === 0) return `${nothing} in any draw: see what stops each`;
  return `${nothing} in most draws: ${name} ${agree(variant, "comes", "come")} nearest, in ${ofHundred(fits)}${why}`;
}

/**
 * What stops a variant, in a few words: at the likeliest values, or, where nothing does at these, in many of the draws in
 * which it does not fit. Nothing where that is not known, or not yet.
 */
export function stopping(context: Context, { variant, reasons }: Outcome): string | undefined {
  const [reason] = reasons;
  if (reason !== undefined) return named(reason);
  // What fits in most draws once its goal is lower was stopped by the goal.
  const way = context.answers.ways?.find((way) => way.variant === variant && way.path === pathOf(undefined));
  return way?.monthlyUsd === undefined ? undefined : GOAL;
}

const GOAL = "the availability wanted";

function named(reason: Obstacle): string {
  if (reason === "notDecomposable") return "software that is not cut into functions";
  if (reason === "notSold") return "a provider that the price book does not have";
  if (reason === "noSecondCopy") return "that every role is to run twice";
  if (reason === "noSecondSite") return "that a second site is always wanted";
  if ("missesGoal" in reason) return GOAL;
  if ("tooMuchTraffic" in reason) return "its traffic";
  if ("coldStart" in reason) return "the slowest acceptable answer";
  return "the size of a machine";
}
