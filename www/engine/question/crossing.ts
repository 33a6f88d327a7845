/** Where one variant passes another, and where a figure reaches a target. */

import type { MetricId, Scenario, VariantName } from "../api.ts";
import { core, number } from "../core.ts";
import { along, asked, type NumberPath, name } from "./asked.ts";

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

/** What is searched: a number, and from where to where. */
const ALONG = { path: '"workload.weeklyUsers"', from: "1e4", to: "1e7" };

/**
 * Every place at which variant `a` becomes better or worse than `b`, by a metric (the all-in cost, if none is named), as a
 * number goes from one value to another. An empty list if there is none.
 * @throws {MovingPartsError} if a name is not known, or the range is empty or not allowed.
 */
export function breakEven(
  scenario: Scenario,
  question: {
    a: VariantName;
    b: VariantName;
    path: NumberPath;
    from: number;
    to: number;
    metric?: MetricId | (string & {});
  },
): Crossing[] {
  const {
    a,
    b,
    path,
    from,
    to,
    metric = "totals.tcoUsd",
  } = asked(question, {
    needs: { a: '"paas"', b: '"cloud-vms"', ...ALONG },
    takes: ["metric"],
  });
  return along(scenario, { path: name("path", path) }, () =>
    core().breakEven(
      scenario,
      name("a", a),
      name("b", b),
      path,
      number("from", from),
      number("to", to),
      name("metric", metric),
    ),
  ) as Crossing[];
}

/**
 * Every value of a number, from one to another, at which a variant's metric is the target; or the nearest miss.
 * @throws {MovingPartsError} if a name is not known, or the range is empty or not allowed.
 */
export function goalSeek(
  scenario: Scenario,
  question: {
    variant: VariantName;
    metric: MetricId | (string & {});
    target: number;
    path: NumberPath;
    from: number;
    to: number;
  },
): Goal {
  const { variant, metric, target, path, from, to } = asked(question, {
    needs: { variant: '"paas"', metric: '"totals.monthlyUsd"', target: "20000", ...ALONG },
  });
  return along(scenario, { path: name("path", path) }, () =>
    core().goalSeek(
      scenario,
      name("variant", variant),
      name("metric", metric),
      number("target", target),
      path,
      number("from", from),
      number("to", to),
    ),
  ) as Goal;
}
