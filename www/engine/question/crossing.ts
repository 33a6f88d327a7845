/** Where one variant passes another, and where a figure reaches a target. */

import type { MetricId, Scenario, VariantId } from "../api.ts";
import { core, number } from "../core.ts";
import type { NumberPath } from "./asked.ts";

/** A place at which one variant becomes cheaper than another. */
export interface Crossing {
  /** Up to here it is as before. */
  from: number;
  /** From here on it is as after: the same within 1e-9 of it, unless the two are equal in between. */
  to: number;
  /** Whether the first is the smaller one before; after, the other is. */
  firstBefore: boolean;
  /** The first less the second, just before and just after: far from zero where a step jumps over it. */
  differences: [number, number];
  /** Whether each of the two fits there. */
  feasible: [boolean, boolean];
}

/** What a search for a target found. */
export interface Goal {
  /** Every place at which the figure reaches the target or jumps over it. */
  reached: { from: number; to: number; figures: [number, number]; feasible: boolean }[];
  /** Where nothing reaches it: the value that comes nearest, and the figure there. */
  nearest: [value: number, figure: number] | null;
}

/**
 * Every place at which variant `a` becomes better or worse than `b`, by a metric (the all-in cost, if none is named), as a
 * number goes from one value to another. An empty list if there is none.
 * @throws {MovingPartsError} if a name is not known, or the range is empty or not allowed.
 */
export function breakEven(
  scenario: Scenario,
  question: {
    a: VariantId | (string & {});
    b: VariantId | (string & {});
    path: NumberPath;
    from: number;
    to: number;
    metric?: MetricId | (string & {});
  },
): Crossing[] {
  const { a, b, path, from, to, metric = "totals.tcoUsd" } = question;
  return core().breakEven(
    scenario,
    String(a),
    String(b),
    String(path),
    number("from", from),
    number("to", to),
    String(metric),
  ) as Crossing[];
}

/**
 * Every value of a number, from one to another, at which a variant's metric is the target; or the nearest miss.
 * @throws {MovingPartsError} if a name is not known, or the range is empty or not allowed.
 */
export function goalSeek(
  scenario: Scenario,
  question: {
    variant: VariantId | (string & {});
    metric: MetricId | (string & {});
    target: number;
    path: NumberPath;
    from: number;
    to: number;
  },
): Goal {
  const { variant, metric, target, path, from, to } = question;
  return core().goalSeek(
    scenario,
    String(variant),
    String(metric),
    number("target", target),
    String(path),
    number("from", from),
    number("to", to),
  ) as Goal;
}
