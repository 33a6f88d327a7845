/** All nine variants side by side. */
import type { Comparison, MetricId } from "../engine/api.ts";
import { metricOf } from "../engine/metric.ts";
import * as engine from "../engine/node.ts";
import { duration, exact, hours, obstacle, short, usd } from "../engine/words.ts";
import type { Input, Result } from "./commands.ts";
import { meant } from "./meant.ts";
import { leaders } from "./odds.ts";
import { draws, names, UsageError, variants } from "./options.ts";
import type { Shown } from "./output.ts";

/** Draws beside a comparison: few enough not to be waited for. */
const BESIDE = 256;

export function compare(input: Input): Result {
  const among = { ...variants(input.options), ...draws(input.options, "uncertainty") };
  const comparison = engine.compare(input.scenario, among);
  const some = names(input.options, "metrics");
  if (some !== undefined) check(some);
  return {
    data: some !== undefined ? reduced(comparison, some) : input.brief ? brief(comparison) : comparison,
    shown: () => {
      const heading = `${comparison.verdict}\n${drawn(input, comparison.best)}`;
      return { ...(some === undefined ? usual(comparison) : chosen(comparison, some)), heading };
    },
    plain: () => {
      const asked = some ?? engine.catalog().metrics.map(({ id }) => id);
      return {
        columns: ["variant", "fits", ...asked],
        rows: comparison.variants.map((outcome) => [
          outcome.variant,
          outcome.feasible,
          ...asked.map((metric) => metricOf(outcome, metric)),
        ]),
      };
    },
  };
}

/** What draws say beside it: they may say another thing, as costs are skewed. */
function drawn({ scenario, options }: Input, best: Comparison["best"]): string {
  const answer = engine.uncertainty(scenario, {
    draws: BESIDE,
    worth: false,
    ...draws(options, "uncertainty"),
    ...variants(options),
  });
  return `That is at the likeliest values: the middle of every input. What ${answer.draws} draws of them say:\n${leaders(answer, best)}`;
}

/** What most want to know. */
function usual(comparison: Comparison): Shown {
  return {
    columns: [
      "variant",
      "all-in a month",
      "people",
      "infrastructure",
      "downtime",
      "waste",
      "hours a month",
      "down a year",
      "lead time",
      "set-up",
      "machines",
      "parts",
      "what stops it",
    ],
    rows: comparison.variants.map((outcome) => {
      const { totals, labour, fleet, complexity, availability, agility } = outcome;
      const monthly = (total: number) => usd(total / totals.levelMonths, 3);
      return [
        outcome.label,
        usd(totals.monthlyUsd, 3),
        monthly(totals.labourUsd),
        monthly(totals.infrastructureUsd),
        monthly(totals.downtimeUsd + totals.dataLossUsd),
        monthly(totals.wasteUsd),
        exact(Math.round(labour.hoursPerMonth)),
        hours(availability.downtimeHoursPerYear),
        duration(agility.leadTimeHours),
        usd(totals.setupUsd, 3),
        short(fleet.machines, 3),
        String(complexity.parts),
        outcome.reasons.map(obstacle).join(" "),
      ];
    }),
    marks: comparison.variants.map(({ variant, feasible }) =>
      variant === comparison.best ? "best" : feasible ? undefined : "out",
    ),
  };
}

/** Some numbers only. */
function chosen({ variants }: Comparison, asked: readonly string[]): Shown {
  return {
    columns: ["variant", ...asked, "fits"],
    rows: variants.map((outcome) => [
      outcome.label,
      ...asked.map((metric) => exact(metricOf(outcome, metric))),
      outcome.feasible ? "yes" : "no",
    ]),
  };
}

/** The comparison without months, parts and interfaces. */
function brief({ best, verdict, variants, model, facts }: Comparison): unknown {
  const outcomes = variants.map(({ monthly: _, complexity, ...outcome }) => {
    const { stack: __, interfaceList: ___, ...numbers } = complexity;
    return { ...outcome, complexity: numbers };
  });
  return { best, verdict, variants: outcomes, model, facts };
}

/** The comparison with some of its numbers only. */
function reduced({ best, verdict, variants }: Comparison, asked: readonly string[]): unknown {
  return {
    best,
    verdict,
    variants: variants.map((outcome) => {
      const { variant, feasible } = outcome;
      return { variant, feasible, ...Object.fromEntries(asked.map((metric) => [metric, metricOf(outcome, metric)])) };
    }),
  };
}

/** Metrics that there are. */
function check(asked: readonly string[]): asserts asked is MetricId[] {
  const known = engine.catalog().metrics.map(({ id }): string => id);
  if (asked.length === 0) throw new UsageError("--metrics names nothing; moving-parts metrics lists what there is");
  const strange = asked.find((name) => !known.includes(name));
  if (strange === undefined) return;
  const near = meant(strange, known);
  const remedy = near === undefined ? "moving-parts metrics lists those that are" : `did you mean ${near}?`;
  throw new UsageError(`--metrics: "${strange}" is not known; ${remedy}`);
}
