/** Which inputs the answer hangs on. */

import type { MetricId, Scenario, VariantId, VariantName } from "../api.ts";
import { count, problem } from "../core.ts";
import { atOnce, type UnderWay, underWay } from "../steps.ts";
import { asked, type Draws, type Estimate, list, name, SEED, type UncertainInput, USUAL_DRAWS } from "./asked.ts";

/** What an input explains of a figure's variance: alone, and with all its interactions. */
export interface SobolIndex {
  first: Estimate;
  total: Estimate;
}

/** Which inputs a figure hangs on. */
export interface Sensitivity {
  /** Two variants of which the figure is the second less the first, or the one whose number it is. */
  variants: VariantId[];
  metric: string;
  /** The figure at the likeliest values. */
  likeliest: number;
  draws: number;
  /** What becomes of the figure as one input goes from p10 to p90; widest first. */
  tornado: (UncertainInput & { p10: number; p90: number; atP10: number; atP90: number })[];
  /** Sobol indices of the inputs with the widest swings. */
  indices: (UncertainInput & SobolIndex)[];
  /** Those of all other inputs taken together. */
  others: SobolIndex;
}

/**
 * Which inputs the answer hangs on: what the second-best variant costs more a month than the best one; or a metric (the
 * all-in cost a month, if none is named) of one variant, or by how much it is more of the second of `between` than of the
 * first. Swings of every uncertain input, and Sobol indices of those with the widest.
 * @throws {MovingPartsError} if a name is not known, if a variant is held against itself, or if there are no draws or too many.
 */
export function sensitivity(scenario: Scenario, question: SensitivityQuestion = {}): Sensitivity {
  return atOnce(sensing(scenario, question));
}

/** What a {@link sensitivity} is asked with: first and second; one variant; or two, which cannot stand beside one. */
type SensitivityQuestion = Draws &
  (
    | { variant?: undefined; between?: undefined; metric?: undefined }
    | { variant: VariantName; between?: undefined; metric?: MetricId | (string & {}) }
    | { variant?: undefined; between: readonly [VariantName, VariantName]; metric?: MetricId | (string & {}) }
  );

/**
 * The same under way.
 * @internal
 */
export function sensing(scenario: Scenario, question: SensitivityQuestion): UnderWay<Sensitivity> {
  const {
    variant,
    metric,
    between,
    draws = USUAL_DRAWS.sensitivity,
    seed = SEED,
  } = asked(question, { takes: ["variant", "metric", "between", "draws", "seed"] });
  if (variant === undefined && between === undefined && metric !== undefined) {
    throw problem("missing", "variant", "is missing", "say whose metric it is, such as paas, or name two in between");
  }
  if (variant !== undefined && between !== undefined) {
    throw problem("tooMany", "variant", "stands beside between", "name one variant, or two in between");
  }
  const variants = variant === undefined ? list("between", between) : [name("variant", variant)];
  if (between !== undefined && variants.length !== 2) {
    throw problem("notAPair", "between", `names ${variants.length} variants`, "name two, such as paas and cloud-vms");
  }
  const figure = metric === undefined ? undefined : name("metric", metric);
  const over = [count("draws", draws), count("seed", seed)] as const;
  return underWay(
    scenario,
    (core, scenario) => core.sensitivity(scenario, variants, figure, ...over),
    (answer: Sensitivity) => answer,
  );
}
