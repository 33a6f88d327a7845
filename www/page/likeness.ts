/** Few draws that stand for many: where only few can be made at each of many places, they are to say there what many say. */
import type { Scenario, Uncertainty, VariantId } from "../engine/public.ts";
import { uncertainty } from "../engine/questions.ts";
import type { UnderWay } from "../engine/steps.ts";

/** What many draws say of the cost over the horizon. */
export interface Many {
  /** Who costs least in the mean. */
  best: VariantId | null;
  /** Each variant's mean, and how often it is the cheapest. */
  means: { variant: VariantId; mean: number; chanceBest: number }[];
}

/** How many seeds are tried. */
const SEEDS = 16;

/** How far off draws are that take another variant for the best: farther than any that do not. */
const ANOTHER_BEST = 1e6;

/** What a variant weighs that is never the cheapest, beside one that always is. */
const LEAST_WEIGHT = 0.01;

/** Of an answer what few draws are held against. */
export function many({ best, variants }: Uncertainty): Many {
  const mean = ({ figures }: Uncertainty["variants"][number]) => figures["totals.tcoUsd"]!.mean;
  return {
    best,
    means: variants.map((odds) => ({ variant: odds.variant, mean: mean(odds), chanceBest: odds.chanceBest })),
  };
}

/**
 * The seed of which so many draws say most nearly what many say, under way, a seed a step: first of all who costs least, then
 * by how far the means are off, above all of those that may cost least.
 */
export function likening(
  scenario: Scenario,
  { draws, variants, like }: { draws: number; variants: VariantId[]; like: Many },
): UnderWay<number> {
  let seed = 0;
  let likest = { seed: 1, off: Number.POSITIVE_INFINITY };
  return {
    advance: (steps) => {
      for (const last = Math.min(SEEDS, seed + steps); seed < last; ) {
        seed += 1;
        const few = many(uncertainty(scenario, { draws, seed, variants, worth: false }));
        let off = few.best === like.best ? 0 : ANOTHER_BEST;
        for (const [at, { mean, chanceBest }] of like.means.entries()) {
          off += (chanceBest + LEAST_WEIGHT) * (few.means[at]!.mean / mean - 1) ** 2;
        }
        if (off < likest.off) likest = { seed, off };
      }
      return seed === SEEDS ? likest.seed : undefined;
    },
    free: () => {},
  };
}
