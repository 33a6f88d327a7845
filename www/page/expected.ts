/** What is expected: every number as its mean over the draws, so that parts add up, and how a quick answer is made of few. */

import type { Comparison, Odds, Outcome, Scenario, Spread, Uncertainty, VariantId } from "#engine";
import { choices, type Drawn, FITS } from "../engine/odds.ts";

/** The parts of an outcome that hold figures. */
type Figures = "totals" | "monthlyLevels" | "labour" | "availability" | "agility" | "latency" | "fleet" | "complexity";

/** A comparison in which every number that is drawn is its mean over the draws; all others are at the likeliest values. */
export function expected(likeliest: Comparison, { variants: all, best }: Uncertainty): Comparison {
  const odds = new Map(all.map((row) => [row.variant, row]));
  const cost = (variant: VariantId) => odds.get(variant)!.figures["totals.monthlyUsd"]!.mean;
  const variants = likeliest.variants.map((outcome): Outcome => {
    const row = odds.get(outcome.variant)!;
    const own: Outcome = { ...outcome, feasible: row.fits >= FITS };
    for (const [id, { mean }] of Object.entries(row.figures)) {
      const [group, name] = id.split(".") as [Figures, string];
      if (own[group] === outcome[group]) Object.assign(own, { [group]: { ...outcome[group] } });
      Object.assign(own[group], { [name]: mean });
    }
    own.monthly = { ...outcome.monthly, totalUsd: row.monthly.mean };
    const { dominatedBy } = outcome;
    if (dominatedBy && cost(dominatedBy) > cost(outcome.variant)) own.dominatedBy = null;
    return own;
  });
  return { ...likeliest, variants, best };
}

/** An answer from many draws, and that of the same scenario from few. */
export interface Base {
  preset: Scenario["preset"];
  few: Drawn;
  many: Drawn;
}

/**
 * An answer from few draws, held against what the same few say of a scenario of which many are known: the level comes from
 * the many, the change from the few. Both meet the same draws, so what is left of the error is that of the change.
 */
export function calibrated(few: Drawn, base: Base): Drawn {
  const within = (chance: number) => Math.min(1, Math.max(0, chance));
  const variants = few.said.variants.map((row, at): Odds => {
    const [before, known] = [base.few.said.variants[at]!, base.many.said.variants[at]!];
    const chance = (key: "fits" | "chanceBest") => within(row[key] + known[key] - before[key]);
    const series = (key: keyof Odds["monthly"]) =>
      row.monthly[key].map((value, month) => scaled(value, before.monthly[key][month], known.monthly[key][month]));
    return {
      ...row,
      fits: chance("fits"),
      chanceBest: chance("chanceBest"),
      figures: Object.fromEntries(
        Object.entries(row.figures).map(([id, spread]) => [
          id,
          spreadOf(spread, before.figures[id]!, known.figures[id]!),
        ]),
      ) as Odds["figures"],
      monthly: {
        mean: series("mean"),
        p10: series("p10"),
        p25: series("p25"),
        p50: series("p50"),
        p75: series("p75"),
        p90: series("p90"),
      },
    };
  });
  const [before, known] = [base.few.pairs, base.many.pairs];
  const cheaper = few.pairs.cheaper.map((row, at) =>
    row.map((share, other) => within(share + known.cheaper[at]![other]! - before.cheaper[at]![other]!)),
  );
  const leads = few.pairs.leads.map((share, at) => within(share + known.leads[at]! - before.leads[at]!));
  const best = choices(variants)[0]?.variant ?? null;
  return { said: { ...few.said, variants, best }, pairs: { cheaper, leads } };
}

function spreadOf(few: Spread, before: Spread, known: Spread): Spread {
  const of = (key: keyof Spread) => scaled(few[key], before[key], known[key]);
  const [mean, p10, p50, p90] = [of("mean"), of("p10"), of("p50"), of("p90")];
  return { mean, p10: Math.min(p10, p50), p50, p90: Math.max(p50, p90) };
}

/** A value times what the many say over what the few say; itself where one of them says nothing. */
function scaled(value: number, before: number | undefined, known: number | undefined): number {
  return before && known && before > 0 && known > 0 ? value * (known / before) : value;
}
