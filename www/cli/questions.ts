/** The questions that ask for more than one point: data for programs, and a table for people. */
import * as engine from "../engine/node.ts";
import { count, exact, hours, share, short, usd } from "../engine/words.ts";
import type { Input, Result } from "./commands.ts";
import { axis, names, needed, number, optional, range, UsageError, variants } from "./options.ts";

const label = engine.variantLabel;

/** The unit of a metric decides how its values are written. */
function written(metric: string): (value: number) => string {
  const unit = engine.catalog().metrics.find((known) => known.id === metric)?.unit ?? "";
  return unit.startsWith("USD") ? (value) => usd(value, 3) : (value) => short(value, 3);
}

export function sweep({ scenario, options }: Input): Result {
  const x = axis(needed(options, "x", "workload.weeklyUsers=1e4..1e7/25"), "x");
  const y = options.y === undefined ? undefined : axis(options.y, "y");
  const answer = engine.sweep(scenario, {
    x,
    ...(y && { y }),
    ...(options.metric !== undefined && { metric: options.metric }),
    ...variants(options),
    ...draws(options),
  });
  const value = written(answer.metric);
  const border = (axis: engine.SweptAxis) =>
    [axis.below, axis.above].map((side) => {
      if (!side) return undefined;
      const beyond = side.winner === null ? "nothing fits" : `${label(side.winner)} is cheapest`;
      const factor = side.factor === null ? "" : ` (${short(side.factor, 3)} times what is said)`;
      return `${axis.path} ${short(axis.now, 3)}: at ${short(side.at, 4)}${factor} ${beyond}`;
    });
  const borders = [answer.x, ...(answer.y ? [answer.y] : [])].flatMap(border).filter((line) => line !== undefined);
  const now = answer.winner === null ? "Nothing fits." : `Now ${label(answer.winner)} is cheapest.`;
  const rows = answer.y ? Array.from(answer.y.values) : [undefined];
  return {
    data: answer,
    heading: [now, ...borders].join("\n"),
    table: {
      columns: [
        ...(answer.y ? [answer.y.path] : []),
        answer.x.path,
        "cheapest",
        ...answer.variants.map((row) => label(row.variant)),
      ],
      rows: rows.flatMap((second, row) =>
        Array.from(answer.x.values, (first, column) => {
          const cell = row * answer.x.values.length + column;
          const winner = answer.winners[cell];
          return [
            ...(second === undefined ? [] : [exact(second)]),
            exact(first),
            winner ? label(winner) : "nothing fits",
            ...answer.variants.map((variant) => `${value(variant.values[cell]!)}${variant.feasible[cell] ? "" : " *"}`),
          ];
        }),
      ),
    },
    note: answer.variants.some((variant) => variant.feasible.includes(0)) ? "* does not fit" : undefined,
  };
}

export function breakEven({ scenario, options }: Input): Result {
  const a = needed(options, "a", "leased-metal");
  const b = needed(options, "b", "cloud-vms");
  const path = needed(options, "path", "workload.weeklyUsers");
  const { from, to } = range(options, "range", "1e4..1e7");
  const metric = options.metric;
  const crossings = engine.breakEven(scenario, { a, b, path, from, to, ...(metric !== undefined && { metric }) });
  const [one, other] = [label(a), label(b)];
  return {
    data: crossings,
    heading:
      crossings.length === 0
        ? `From ${exact(from)} to ${exact(to)} nothing changes between ${one} and ${other}.`
        : `${count(crossings.length, "change")} between ${one} and ${other} along ${path}.`,
    table: {
      columns: [
        path,
        "below it less is",
        "above it less is",
        "difference just below",
        "just above",
        "what does not fit",
      ],
      rows: crossings.map((crossing) => [
        crossing.to - crossing.from > 1e-6 * Math.abs(crossing.to)
          ? `${exact(crossing.from)} to ${exact(crossing.to)}`
          : exact(crossing.to),
        crossing.firstBefore ? one : other,
        crossing.firstBefore ? other : one,
        ...crossing.differences.map((difference) => short(difference, 3)),
        [one, other].filter((_, index) => !crossing.feasible[index]).join(", "),
      ]),
    },
  };
}

export function goalSeek({ scenario, options }: Input): Result {
  const variant = needed(options, "variant", "paas");
  const metric = needed(options, "metric", "totals.monthlyUsd");
  const path = needed(options, "path", "workload.weeklyUsers");
  needed(options, "target", "20000");
  const target = number(options, "target");
  const answer = engine.goalSeek(scenario, { variant, metric, target, path, ...range(options, "range", "1e4..1e7") });
  const value = written(metric);
  const miss = answer.nearest;
  return {
    data: answer,
    heading: miss
      ? `Nothing reaches it; nearest is ${path} ${exact(miss[0])}, with ${value(miss[1])}.`
      : `${metric} of ${label(variant)} is ${value(target)} at ${count(answer.reached.length, "place")}.`,
    table: {
      columns: [path, "just below", "just above", "fits"],
      rows: answer.reached.map((reached) => [
        reached.to - reached.from > 1e-6 * Math.abs(reached.to)
          ? `${exact(reached.from)} to ${exact(reached.to)}`
          : exact(reached.to),
        ...reached.figures.map(value),
        reached.feasible ? "yes" : "no",
      ]),
    },
  };
}

/** Draws and seed, as far as they are said. */
function draws(options: Input["options"]) {
  return { ...optional(options, "draws"), ...optional(options, "seed") };
}

export function sensitivity({ scenario, options }: Input): Result {
  const { variant, metric, a, b } = options;
  if (variant !== undefined && (a ?? b) !== undefined) {
    throw new UsageError("--variant cannot stand beside --a and --b; write one of the two");
  }
  const pair =
    a === undefined && b === undefined
      ? undefined
      : ([needed(options, "a", "paas"), needed(options, "b", "cloud-vms")] as const);
  const answer = engine.sensitivity(scenario, {
    ...draws(options),
    ...(pair && { between: pair }),
    ...(variant !== undefined && { variant }),
    ...(metric !== undefined && { metric }),
  });
  const value = written(answer.metric);
  const [first, second] = answer.variants.map(label);
  const indices = new Map(answer.indices.map((index) => [index.path, index]));
  const estimate = ({ value, error }: engine.Estimate) => `${value.toFixed(2)} ± ${error.toFixed(2)}`;
  return {
    data: answer,
    heading: second
      ? answer.metric === "totals.monthlyUsd"
        ? `${second} costs ${value(answer.likeliest)} a month more than ${first}; what that hangs on:`
        : `${answer.metric} of ${second} less that of ${first} is ${value(answer.likeliest)}; what that hangs on:`
      : `${answer.metric} of ${first} is ${value(answer.likeliest)}; what that hangs on:`,
    table: {
      columns: ["input", "p10", "p90", "figure at p10", "at p90", "alone", "with all else", "unit"],
      rows: [
        ...answer.tornado.map((swing) => {
          const index = indices.get(swing.path);
          return [
            swing.path,
            short(swing.p10, 3),
            short(swing.p90, 3),
            value(swing.atP10),
            value(swing.atP90),
            index ? estimate(index.first) : "",
            index ? estimate(index.total) : "",
            swing.unit,
          ];
        }),
        ["all others", "", "", "", "", estimate(answer.others.first), estimate(answer.others.total), ""],
      ],
    },
    note: "alone, with all else: Sobol indices, the share of the variance that the input explains",
  };
}

export async function uncertainty({ scenario, options, progress }: Input): Promise<Result> {
  let answer: engine.Uncertainty | undefined;
  for await (const next of engine.refineUncertainty(scenario, { ...draws(options), ...variants(options) })) {
    progress(count(next.draws, "draw"));
    answer = next;
  }
  const { variants: rows, worthKnowing, perfectInformationUsd, best } = answer!;
  const odds = rows.find((row) => row.variant === best);
  const [knowing] = worthKnowing ?? [];
  return {
    data: answer,
    heading: [
      odds
        ? `${label(odds.variant)}: ${usd(odds.figures["totals.monthlyUsd"]!.mean)} a month in the mean, best in ${share(odds.chanceBest)} of the draws.`
        : "Nothing fits in most draws.",
      `Knowing everything before choosing is worth ${usd(perfectInformationUsd.value)}.`,
      ...(knowing ? [`Find out ${knowing.label} first: that is worth ${usd(knowing.usd.value)}.`] : []),
    ].join("\n"),
    table: {
      columns: ["variant", "mean a month", "p10", "p50", "p90", "best in", "fits in", "regret over the horizon"],
      rows: rows.map((row) => {
        const { mean, p10, p50, p90 } = row.figures["totals.monthlyUsd"]!;
        return [
          label(row.variant),
          ...[mean, p10, p50, p90].map((value) => usd(value, 3)),
          share(row.chanceBest),
          share(row.fits),
          row.fits > 0 ? usd(row.regretUsd, 3) : "",
        ];
      }),
    },
  };
}

export function plan({ scenario, options, progress }: Input): Result {
  progress("planning");
  const answer = engine.plan(scenario, draws(options));
  if (!answer.plan) {
    return { data: answer, heading: "In some month nothing fits.", table: { columns: ["variant"], rows: [] } };
  }
  const { ahead } = answer;
  const stages = (found: engine.Stage[]) =>
    found.map((stage) => `${label(stage.variant)} from month ${stage.from}`).join(", then ");
  const steady = answer.steady.flatMap(({ variant, usd }) => (usd === null ? [] : [{ variant, usd }]));
  const cheapest = steady.sort((one, other) => one.usd - other.usd)[0];
  const rows: [string, engine.TriedPlan][] = ahead
    ? [
        ["least expected cost", ahead.expected],
        ["least regret in nine of ten", ahead.robust],
        ["best at the likeliest values", ahead.likeliest],
        ["best that never switches", ahead.steady],
      ]
    : [];
  return {
    data: answer,
    heading: [
      `At the likeliest values: ${stages(answer.plan.stages)}; ${usd(answer.plan.usd, 3)} over the horizon.`,
      ...(cheapest ? [`Never switching: ${label(cheapest.variant)}, ${usd(cheapest.usd, 3)}.`] : []),
      ...(ahead?.switches ?? []).slice(0, 6).map((step) => {
        const [p10, p50, p90] = step.months.map((month) => exact(Math.round(month)));
        const from = step.from === null ? "start with" : `${label(step.from)} to`;
        return `${share(step.share)} of the draws: ${from} ${label(step.to)} in month ${p50} (${p10} to ${p90}).`;
      }),
    ].join("\n"),
    table: {
      columns: ["plan", "expected cost", "fits in", "mean regret", "regret in nine of ten", "what runs when"],
      rows: rows.map(([name, tried]) => [
        name,
        usd(tried.plan.usd, 3),
        share(tried.fits),
        usd(tried.regretUsd, 3),
        usd(tried.regretP90Usd, 3),
        stages(tried.plan.stages),
      ]),
    },
  };
}

export function stack({ scenario, options }: Input): Result {
  const asked = names(options, "needs");
  const advice = engine.stack(scenario, asked === undefined ? {} : { needs: asked });
  const needs = new Map(engine.needs().map((need) => [need.id, need.label]));
  return {
    data: advice,
    heading: [
      "Needs:",
      ...advice.needs.map(({ need, because }) => {
        const why = because === null ? "" : ` (${because[0]} is ${exact(because[1])})`;
        return `  ${need}: ${needs.get(need)}${why}`;
      }),
      ...(advice.stacks.length === 0 ? ["No set of parts meets all of them at once."] : []),
      "",
    ].join("\n"),
    table: {
      columns: ["parts", "interfaces", "new skills", "hours a month", "a month", "learning once", "which"],
      rows: advice.stacks.map((row) => [
        exact(row.parts.length),
        exact(row.interfaces),
        exact(row.newSkills),
        hours(row.hoursPerMonth),
        usd(row.usdPerMonth, 3),
        hours(row.learningHours),
        row.parts.map(({ part }) => part.id).join(", "),
      ]),
    },
    note: "hours a month: upgrading the parts, upgrades that fail, teaching new skills; needs are named with --needs",
  };
}

export function slope({ scenario, options }: Input): Result {
  const start = options.start;
  const steps = engine.slope(scenario, start === undefined ? {} : { start });
  const of = (step: engine.SlopeStep, id: string) => step.figures[id]!;
  return {
    data: steps,
    table: {
      columns: [
        "step",
        "on",
        "all-in a month",
        "parts",
        "interfaces",
        "skills",
        "upgrades a year",
        "upgrade hours",
        "hours a month",
        "down a year",
        "new parts",
      ],
      rows: steps.map((step, index) => [
        step.label,
        label(step.variant),
        usd(of(step, "totals.monthlyUsd"), 3),
        exact(of(step, "complexity.parts")),
        exact(of(step, "complexity.interfaces")),
        exact(of(step, "complexity.skills")),
        short(of(step, "complexity.forcedUpgradesPerYear"), 3),
        short(of(step, "complexity.upgradeHoursPerYear"), 3),
        short(of(step, "labour.hoursPerMonth"), 3),
        hours(of(step, "availability.downtimeHoursPerYear")),
        index === 0 ? "" : step.added.map((part) => part.name).join(", "),
      ]),
    },
  };
}
