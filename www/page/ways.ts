/** What would let variants fit that do not: the goal in the way of each, moved until it is no longer there. */

import type { Field, Obstacle, Scenario, VariantId } from "../engine/api.ts";
import { compare, ranges } from "../engine/api.ts";
import { fieldAt } from "../engine/byname.ts";
import { FITS } from "../engine/odds.ts";
import { changed } from "../engine/paths.ts";
import { uncertainty } from "../engine/questions.ts";
import { byYields, type UnderWay } from "../engine/steps.ts";

/** A number that takes something out of a variant's way. */
export interface Way {
  variant: VariantId;
  path: Field["path"];
  value: number | boolean;
  /** In which share of a few draws the variant then fits; nothing if another number is in its way too. */
  fits: number | undefined;
  /** What it then costs a month in the mean, if it fits in most draws. */
  monthlyUsd: number | undefined;
}

/** A number that is in the way, and values to try one after the other. */
interface Obstructing {
  path: string;
  values: (number | boolean)[];
}

/** Multiples of what the likeliest values ask for: in the draws it may be more. */
const MULTIPLES = [1, 1.2, 1.5, 2, 3, 4, 6, 10, 20, 50, 100];

/** Draws from which it is told whether a variant fits, and the share in which it then does in most of many too: two errors above. */
const DRAWS = 1024;
const SURELY_FITS = FITS + 1 / Math.sqrt(DRAWS);

/** As long as no move lets a variant fit in most draws, each further one has to add so many of them. */
const NOTICED = 0.05;

/** To two digits, never below. */
function up(value: number): number {
  const digit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / digit - 1e-9) * digit).toPrecision(2));
}

/** Goals that allow so many times the hours of the one of now, and more. */
function lowerGoals(scenario: Scenario, least: number): Obstructing {
  const path = "goals.availability";
  const down = (1 - ranges(scenario)[path]!.p50) * least;
  return { path, values: MULTIPLES.map((multiple) => Number((1 - up(down * multiple)).toPrecision(12))) };
}

/** What a reason is about; nothing where it takes another variant, or another price book. */
function obstructing(scenario: Scenario, reason: Obstacle): Obstructing | undefined {
  if (reason === "notDecomposable") return { path: "services.decomposable", values: [true] };
  if (typeof reason === "object" && "missesGoal" in reason) {
    const { allowedHours, expectedHours } = reason.missesGoal;
    return lowerGoals(scenario, expectedHours / allowedHours);
  }
  if (typeof reason === "object" && "coldStart" in reason) {
    return { path: "goals.latencyMs", values: MULTIPLES.map((multiple) => up(reason.coldStart.coldMs * multiple)) };
  }
  return undefined;
}

/** The path of what a reason is about, by which its way is found. */
export function pathOf(reason: Obstacle | undefined): string | undefined {
  if (reason === undefined) return "goals.availability";
  if (reason === "notDecomposable") return "services.decomposable";
  if (typeof reason === "object" && "missesGoal" in reason) return "goals.availability";
  return typeof reason === "object" && "coldStart" in reason ? "goals.latencyMs" : undefined;
}

function reasonsOf(scenario: Scenario, variant: VariantId): Obstacle[] {
  return compare(scenario, { variants: [variant] }).variants[0]!.reasons;
}

/**
 * A way out of each reason of some variants, a try a step: so far that the variant fits in most draws, or else in as many as
 * it can; where more than this reason is against it, at the likeliest values. What no number lets fit, as one machine is too
 * small, has none. A variant that fits at the likeliest values but in few draws is tried with lower goals.
 */
function* search(scenario: Scenario, variants: readonly VariantId[]): Generator<void, Way[]> {
  const ways: Way[] = [];
  for (const variant of variants) {
    const reasons = reasonsOf(scenario, variant);
    const obstacles =
      reasons.length === 0 ? [lowerGoals(scenario, 1)] : reasons.map((one) => obstructing(scenario, one));
    // One reason that no number takes away is enough: moving the others would be in vain.
    if (obstacles.includes(undefined)) continue;
    for (const obstacle of obstacles as Obstructing[]) {
      const { path, values } = obstacle;
      const { min, max } = fieldAt(path);
      let found: Way | undefined;
      for (const value of values) {
        if (typeof value === "number" && (value < min || value > max)) continue;
        yield;
        const tried = changed(scenario, path, value);
        const left = reasonsOf(tried, variant).length;
        const [odds] = left > 0 ? [] : uncertainty(tried, { draws: DRAWS, variants: [variant], worth: false }).variants;
        const fits = odds !== undefined && odds.fits >= SURELY_FITS;
        if (fits)
          found = { variant, path, value, fits: odds.fits, monthlyUsd: odds.figures["totals.monthlyUsd"]!.mean };
        else if (odds && odds.fits > (found?.fits ?? 0) + NOTICED)
          found = { variant, path, value, fits: odds.fits, monthlyUsd: undefined };
        else if (left > 0 && left < reasons.length)
          found ??= { variant, path, value, fits: undefined, monthlyUsd: undefined };
        if (fits) break;
      }
      if (found) ways.push(found);
    }
  }
  return ways;
}

/** The ways out for some variants, under way. */
export function mending(scenario: Scenario, { variants }: { variants: readonly VariantId[] }): UnderWay<Way[]> {
  return byYields(search(scenario, variants));
}
