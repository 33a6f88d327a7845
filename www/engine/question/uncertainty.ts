/** What the answer is when the inputs are only believed. */

import type { Study } from "#glue";
import type { DrawnMetricId, Scenario, VariantId, VariantName } from "../api.ts";
import { count, type Kept, kept, problem } from "../core.ts";
import { MOST_DRAWS } from "../generated.ts";
import { series } from "../series.ts";
import { atOnce, stretches, type UnderWay } from "../steps.ts";
import { asked, type Draws, type Estimate, flag, list, SEED, type UncertainInput, USUAL_DRAWS } from "./asked.ts";

/** Mean and quantiles of a number. */
export interface Spread {
  mean: number;
  p10: number;
  p50: number;
  p90: number;
}

/** What the draws say of one variant. */
export interface Odds {
  variant: VariantId;
  /** Share of the draws in which nothing stops it. */
  fits: number;
  /** Share of the draws in which it fits and costs least. */
  chanceBest: number;
  /** What it costs more than the best one of each draw in which it fits, mean, over the horizon. */
  regretUsd: number;
  /** Mean and quantiles of some numbers of its outcome, by their ids. */
  figures: Record<DrawnMetricId, Spread> & Record<string, Spread>;
  /** All-in cost a month at 0 %, 1 %, … 100 % of the draws. */
  cuts: Float64Array;
  /** All-in cost of each month. */
  monthly: Record<"mean" | "p10" | "p25" | "p50" | "p75" | "p90", Float64Array>;
  /** All-in cost a month in each draw: the same draw of every variant stands at the same place. */
  monthlyUsd: Float64Array;
}

/** What the draws say. */
export interface Uncertainty {
  draws: number;
  seed: number;
  /** Who costs least in the mean, of those that fit in most draws. */
  best: VariantId | null;
  variants: Odds[];
  /**
   * What knowing everything before the choice is worth, over the horizon. A variant is never chosen in a draw in which it does
   * not fit; where the best does not fit, it counts with its cost all the same.
   */
  perfectInformationUsd: Estimate;
  /** What knowing one input is worth, the most first; null where it was not asked, or is still being refined. */
  worthKnowing: (UncertainInput & { usd: Estimate })[] | null;
}

type Said = [
  draws: number,
  best: VariantId | null,
  perfect: Estimate,
  worth: (UncertainInput & { usd: Estimate })[],
  odds: (Pick<Odds, "variant" | "fits" | "chanceBest" | "regretUsd"> & { told: [string, Spread][] })[],
];

/** Draws of a company, inside the engine. */
function studied(scenario: Scenario, seed: number, variants: unknown): Kept<Study> {
  const [from, among] = [count("seed", seed), list("variants", variants)];
  return kept(scenario, ({ Study }, scenario) => new Study(scenario, from, among));
}

/** What a study's draws so far say. */
function said({ ask }: Kept<Study>, seed: number, worth: boolean): Uncertainty {
  const [head, cuts, months] = ask((study) => study.answer(worth)) as [Said, Float64Array[], Float64Array[]];
  const [draws, best, perfect, worthKnowing, odds] = head;
  const monthly = odds[0]?.told.findIndex(([id]) => id === "totals.monthlyUsd") ?? 0;
  return {
    draws,
    seed,
    best,
    variants: odds.map(({ told: figures, ...row }, index) => {
      const told = months[index]!;
      const length = told.length / 6;
      const part = (at: number) => series(told, at * length, (at + 1) * length);
      return {
        ...row,
        figures: Object.fromEntries(figures) as Odds["figures"],
        cuts: series(cuts[index]!),
        monthly: { mean: part(0), p10: part(1), p25: part(2), p50: part(3), p75: part(4), p90: part(5) },
        monthlyUsd: series(ask((study) => study.drawn(index, monthly))),
      };
    }),
    perfectInformationUsd: perfect,
    worthKnowing: worth ? worthKnowing : null,
  };
}

/** Draws of an answer, if nothing is said. */
export const DRAWS = USUAL_DRAWS.uncertainty;

/**
 * What the answer is when the inputs are only believed: distributions, odds, regret, and what it is worth to know more. Every
 * variant meets the same draws, and two scenarios meet the same draws of what they share: their difference, draw by draw, is
 * that of what they do not.
 * @param question `variants` are those that there are to choose from, all if none is named; with `worth: false` it is not asked what is worth knowing, which takes longer than the rest.
 * @throws {MovingPartsError} if the scenario is wrong, or there are no draws or too many.
 */
export function uncertainty(scenario: Scenario, question: UncertaintyQuestion = {}): Uncertainty {
  return atOnce(drawing(scenario, question));
}

/** What {@link uncertainty} is asked with. */
type UncertaintyQuestion = Draws & { worth?: boolean; variants?: readonly VariantName[] };

/**
 * The same under way: a draw a step.
 * @internal
 */
export function drawing(scenario: Scenario, question: UncertaintyQuestion): UnderWay<Uncertainty> {
  const {
    draws = DRAWS,
    seed = SEED,
    worth = true,
    variants,
  } = asked(question, { takes: ["draws", "seed", "worth", "variants"] });
  const [all, also] = [count("draws", draws), flag("worth", worth)];
  const study = studied(scenario, seed, variants);
  let made = 0;
  return {
    advance: (steps) => {
      made = Math.min(all, made + steps);
      study.ask((asked) => asked.advance(made));
      return made === all ? said(study, seed, also) : undefined;
    },
    free: study.free,
  };
}

/** Draws of the first answer of several. */
export const FIRST_DRAWS = 256;

/**
 * The same, refined as it goes: first from 256 draws, then from four times as many, until all are made. Between stretches of
 * a few milliseconds others get their turn. It ends when the caller stops asking, or when the signal aborts.
 * @throws {MovingPartsError} as {@link uncertainty}; the signal's reason if it aborts.
 */
export async function* refineUncertainty(
  scenario: Scenario,
  question: Draws & { variants?: readonly VariantName[]; signal?: AbortSignal } = {},
): AsyncGenerator<Uncertainty, void, void> {
  const {
    draws = DRAWS,
    seed = SEED,
    variants,
    signal,
  } = asked(question, { takes: ["draws", "seed", "variants", "signal"] });
  // The engine would refuse them as late as they are made.
  const most = MOST_DRAWS.uncertainty;
  if (count("draws", draws) > most) {
    throw problem("outOfRange", "draws", `${draws} draws cannot be made`, `ask for 1 to ${most}`);
  }
  const study = studied(scenario, seed, variants);
  const stretch = stretches(64, signal);
  try {
    let made = 0;
    for (let next = Math.min(FIRST_DRAWS, draws); ; next = Math.min(next * 4, draws)) {
      do {
        await stretch((steps) => {
          made = Math.min(next, made + steps);
          study.ask((asked) => asked.advance(made));
        });
      } while (made < next);
      yield said(study, seed, next === draws);
      if (next === draws) return;
    }
  } finally {
    study.free();
  }
}
