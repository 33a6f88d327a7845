/** When to switch. */

import { catalog, type Scenario, type VariantId } from "../api.ts";
import { count } from "../core.ts";
import { series } from "../series.ts";
import { atOnce, type UnderWay, underWay } from "../steps.ts";
import { asked, type Draws, SEED, USUAL_DRAWS } from "./asked.ts";

/** A variant that runs for a while. */
export interface Stage {
  variant: VariantId;
  /** Its first month, counted from 1. */
  from: number;
  /** Its last month. */
  to: number;
}

/** How a plan does over the draws. */
export interface TriedPlan {
  plan: { stages: Stage[]; usd: number };
  /** Share of the draws in which each of its variants fits while it runs. */
  fits: number;
  /** What it costs more than the best plan of each draw in which it fits: mean, and not exceeded in nine of ten. */
  regretUsd: number;
  regretP90Usd: number;
}

/** The cheapest way through the months. */
export interface Plan {
  /** At the likeliest values; null if some month has no variant that fits. */
  plan: { stages: Stage[]; usd: number } | null;
  /** What it costs to enter a variant at once and never to leave it; null where it does not fit throughout. */
  steady: { variant: VariantId; usd: number | null }[];
  /** What the draws say; null if none were asked for. */
  ahead: {
    draws: number;
    /** Share of the draws whose best plan runs a variant, by month. */
    running: { variant: VariantId; shares: Float64Array }[];
    /** Switches of the draws' best plans, the most frequent first; `months` at p10, p50 and p90. */
    switches: { from: VariantId | null; to: VariantId; share: number; months: [number, number, number] }[];
    /** Of those tried that fit in most draws, or as often as any does, the plan of least expected cost. */
    expected: TriedPlan;
    /** Of those tried that fit in nine draws of ten, or as often as any does, the plan whose regret is least in nine of ten. */
    robust: TriedPlan;
    /** The plan that is best at the likeliest values. */
    likeliest: TriedPlan;
    /** The best of those that never switch, of which the same is asked. */
    steady: TriedPlan;
  } | null;
}

/**
 * When to switch: the cheapest way through the months with everything that a switch costs, and what the draws say of it.
 * @param question With 0 `draws` the likeliest values alone.
 * @throws {MovingPartsError} if the scenario is wrong, or there are too many draws.
 */
export function plan(scenario: Scenario, question: Draws = {}): Plan {
  return atOnce(planning(scenario, question));
}

/**
 * The same under way.
 * @internal
 */
export function planning(scenario: Scenario, question: Draws): UnderWay<Plan> {
  const { draws = USUAL_DRAWS.plan, seed = SEED } = asked(question, { takes: ["draws", "seed"] });
  type Row = Omit<Plan, "steady" | "ahead"> & {
    steady: (number | null)[];
    ahead: (Omit<NonNullable<Plan["ahead"]>, "running"> & { running: number[][] }) | null;
  };
  const over = [count("draws", draws), count("seed", seed)] as const;
  const { variants } = catalog();
  return underWay(
    scenario,
    (core, scenario) => core.plan(scenario, ...over),
    ({ plan, steady, ahead }: Row) => ({
      plan,
      steady: steady.map((usd, index) => ({ variant: variants[index]!.id, usd })),
      ahead: ahead && {
        ...ahead,
        running: ahead.running.map((shares, index) => ({
          variant: variants[index]!.id,
          shares: series(Float64Array.from(shares)),
        })),
      },
    }),
  );
}
