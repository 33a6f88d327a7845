/** The questions that ask for more than one point: data for programs, and a table for people. */
import * as engine from "../engine/node.ts";
import { FITS } from "../engine/odds.ts";
import { sweeping } from "../engine/question/sweep.ts";
import { stagesInWords } from "../engine/stages.ts";
import type { UnderWay } from "../engine/steps.ts";
import { agree, capital, count, exact, hours, share, short, usd } from "../engine/words.ts";
import type { Input, Result } from "./commands.ts";
import { changed } from "./company.ts";
import { axis, draws, names, needed, number, places, span, type TypedAxis, UsageError, variants } from "./options.ts";
import type { Shown } from "./output.ts";

const label = engine.variantLabel;

/** Under what draws may contradict. */
export const LIKELIEST = "At the likeliest values: the middle of every input. moving-parts uncertainty draws them.";

function unitOf(metric: string): string {
  return engine.catalog().metrics.find((known) => known.id === metric)?.unit ?? "";
}

/** The unit of a metric decides how its values are written. */
function written(metric: string): (value: number) => string {
  return unitOf(metric).startsWith("USD") ? (value) => usd(value, 3) : (value) => short(value, 3);
}

/** Takes the steps of a question one by one, and tells how many are taken. */
function stepByStep<A>({ advance, free }: UnderWay<A>, tell: (taken: number) => void): A {
  try {
    for (let taken = 0; ; taken++) {
      tell(taken);
      const answer = advance(1);
      if (answer !== undefined) return answer;
    }
  } finally {
    free();
  }
}

export function sweep({ scenario, options, progress }: Input): Result {
  const x = axis(options, "x");
  const y = options.y === undefined ? undefined : axis(options, "y");
  const question = {
    x,
    ...(y && { y }),
    ...(options.metric !== undefined && { metric: options.metric }),
    ...variants(options),
    ...draws(options, "sweep"),
  };
  const all = x.steps * (y?.steps ?? 1);
  // Steps beyond those of the places look for borders.
  const answer = stepByStep(sweeping(scenario, question), (taken) =>
    progress(`${Math.min(taken, all)} of ${count(all, "place")}`),
  );
  const value = written(answer.metric);
  const border = (axis: engine.SweptAxis) =>
    [axis.below, axis.above].map((side) => {
      if (!side) return undefined;
      const beyond =
        side.winner === null ? "nothing fits" : `${label(side.winner)} ${agree(side.winner, "is", "are")} cheapest`;
      const factor = side.factor === null ? "" : ` (${short(side.factor, 3)} times what is said)`;
      return `${axis.path} ${short(axis.now, 3)}: at ${short(side.at, 4)}${factor} ${beyond}`;
    });
  const places = (answer.y ? Array.from(answer.y.values) : [undefined]).flatMap((second, row) =>
    Array.from(answer.x.values, (first, column) => ({ first, second, cell: row * answer.x.values.length + column })),
  );
  const paths = [...(answer.y ? [answer.y.path] : []), answer.x.path];
  return {
    data: answer,
    shown: () => {
      const borders = [answer.x, ...(answer.y ? [answer.y] : [])].flatMap(border).filter((line) => line !== undefined);
      const now =
        answer.winner === null
          ? "Nothing fits."
          : `Now ${label(answer.winner)} ${agree(answer.winner, "is", "are")} cheapest.`;
      const unfit = answer.variants.some((variant) => variant.feasible.includes(0));
      return {
        heading: [now, ...borders].join("\n"),
        columns: [...paths, "cheapest", ...answer.variants.map((row) => label(row.variant))],
        rows: places.map(({ first, second, cell }) => {
          const winner = answer.winners[cell];
          return [
            ...(second === undefined ? [] : [exact(second)]),
            exact(first),
            winner ? label(winner) : "nothing fits",
            ...answer.variants.map((variant) => `${value(variant.values[cell]!)}${variant.feasible[cell] ? "" : " *"}`),
          ];
        }),
        note: [...(unfit ? ["* does not fit"] : []), ...(answer.draws === 0 ? [LIKELIEST] : [])].join("\n"),
      };
    },
    plain: () => ({
      columns: [...paths, "variant", answer.metric, "fits", "best", ...(answer.draws > 0 ? ["chanceBest"] : [])],
      rows: places.flatMap(({ first, second, cell }) =>
        answer.variants.map(({ variant, values, feasible, chanceBest }) => [
          ...(second === undefined ? [] : [second]),
          first,
          variant,
          values[cell],
          feasible[cell] === 1,
          answer.winners[cell] === variant,
          ...(answer.draws > 0 ? [chanceBest[cell]] : []),
        ]),
      ),
    }),
  };
}

export function winners({ scenario, options }: Input): Result {
  const along = places(options);
  const { path } = along;
  const among = { ...variants(options), ...draws(options, "winners") };
  const { values, winners } = "values" in along ? listed(scenario, along, among) : spaced(scenario, along, among);
  return {
    data: { path, values, winners },
    shown: () => ({
      columns: [path, "cheapest"],
      rows: winners.map((winner, at) => [exact(values[at]!), winner === null ? "nothing fits" : label(winner)]),
      note: among.draws ? undefined : LIKELIEST,
    }),
    plain: () => ({ columns: [path, "variant"], rows: winners.map((winner, at) => [values[at], winner]) }),
  };
}

type Among = ReturnType<typeof variants> & ReturnType<typeof draws>;
type Placed = { values: number[]; winners: (engine.VariantId | null)[] };

/** Who is cheapest at values that were typed. */
function listed(scenario: engine.Scenario, along: { path: string; values: number[] }, among: Among): Placed {
  return { values: along.values, winners: engine.winners(scenario, { ...along, ...among }) };
}

/** Who is cheapest at the places of an axis, which a sweep lays. */
function spaced(scenario: engine.Scenario, x: TypedAxis, among: Among): Placed {
  const swept = engine.sweep(scenario, { x, ...among });
  return { values: Array.from(swept.x.values), winners: swept.winners };
}

/** A place, or the stretch in which it lies where that is to be seen. */
function place({ from, to }: { from: number; to: number }): string {
  return to - from > 1e-6 * Math.abs(to) ? `${exact(from)} to ${exact(to)}` : exact(to);
}

export function breakEven({ scenario, options }: Input): Result {
  const a = needed(options, "a", "leased-metal");
  const b = needed(options, "b", "cloud-vms");
  const { path, from, to } = span(options);
  const metric = options.metric ?? "totals.tcoUsd";
  const crossings = engine.breakEven(scenario, { a, b, path, from, to, metric });
  const [one, other] = [label(a), label(b)];
  const unit = unitOf(metric);
  const value = written(metric);
  const changes = {
    columns: [
      path,
      "below it less is",
      "above it less is",
      `difference just below (${unit})`,
      "just above",
      "what does not fit",
    ],
    rows: crossings.map((crossing) => [
      place(crossing),
      crossing.firstBefore ? one : other,
      crossing.firstBefore ? other : one,
      ...crossing.differences.map(value),
      [one, other].filter((_, index) => !crossing.feasible[index]).join(", "),
    ]),
  };
  return {
    data: crossings,
    shown: () => {
      const told =
        crossings.length === 0
          ? atEnds(scenario, { a, b, path, from, to, metric })
          : { heading: `${count(crossings.length, "change")} between ${one} and ${other} along ${path}.`, ...changes };
      const fits = [a, b].flatMap((variant) => fitting(scenario, { variant, path, from, to }));
      return { ...told, heading: [told.heading, ...fits].join("\n"), note: LIKELIEST };
    },
    plain: () => ({
      columns: [
        `${path}.from`,
        `${path}.to`,
        "lessBelow",
        "lessAbove",
        `${metric}.differenceBelow`,
        `${metric}.differenceAbove`,
        `${a}.fits`,
        `${b}.fits`,
      ],
      rows: crossings.map(({ from, to, firstBefore, differences, feasible }) => [
        from,
        to,
        firstBefore ? a : b,
        firstBefore ? b : a,
        ...differences,
        ...feasible,
      ]),
    }),
  };
}

/**
 * From where a variant fits, or no longer does, along a number: what costs less all along is no choice where it does not fit,
 * so that another may be the cheapest there without any crossing.
 */
function fitting(
  scenario: engine.Scenario,
  { variant, path, from, to }: { variant: string; path: string; from: number; to: number },
): string[] {
  // Among one variant alone, a border is where it begins or ceases to fit; above the lower end there is the first of them.
  const alone = { x: { path, from, to, steps: 2 }, variants: [variant as engine.VariantId] };
  const { winner, x } = engine.sweep(changed(scenario, [`${path}=${from}`]), alone);
  if (!x.above) return [];
  const fits = agree(variant, "fits", "fit");
  return [`From ${short(x.above.at, 4)} on ${label(variant)} ${winner === null ? fits : `no longer ${fits}`}.`];
}

/** Two that do not cross: which is less at either end of the range, and whether they fit there. */
function atEnds(
  scenario: engine.Scenario,
  { a, b, path, from, to, metric }: { a: string; b: string; path: string; from: number; to: number; metric: string },
): Shown {
  const ends = { path, from, to, steps: 2 };
  const asked = [a, b] as engine.VariantId[];
  const { x, variants } = engine.sweep(scenario, { x: ends, metric, variants: asked });
  const [first, second] = asked.map((id) => variants.find(({ variant }) => variant === id)!);
  const value = written(metric);
  const gaps = Array.from(x.values, (_, at) => first!.values[at]! - second!.values[at]!);
  const gap = gaps.find((gap) => gap !== 0);
  const less = gap === undefined ? undefined : gap < 0 ? a : b;
  const how =
    less === undefined
      ? "they are equal"
      : unitOf(metric).startsWith("USD")
        ? `${label(less)} ${agree(less, "costs", "cost")} less throughout`
        : `${metric} of ${label(less)} is less throughout`;
  return {
    heading: `From ${exact(ends.from)} to ${exact(ends.to)} nothing changes between ${label(a)} and ${label(b)}: ${how}.`,
    columns: [path, label(a), label(b), `difference (${unitOf(metric)})`, "what does not fit"],
    rows: Array.from(x.values, (at, index) => [
      exact(at),
      value(first!.values[index]!),
      value(second!.values[index]!),
      value(gaps[index]!),
      [first!, second!].flatMap(({ variant, feasible }) => (feasible[index] ? [] : [label(variant)])).join(", "),
    ]),
  };
}

export function goalSeek({ scenario, options }: Input): Result {
  const variant = needed(options, "variant", "paas");
  const metric = needed(options, "metric", "totals.monthlyUsd");
  needed(options, "target", "20000");
  const target = number(options, "target");
  const along = span(options);
  const { path } = along;
  const answer = engine.goalSeek(scenario, { variant, metric, target, ...along });
  const value = written(metric);
  const miss = answer.nearest;
  return {
    data: answer,
    shown: () => ({
      heading: miss
        ? `Nothing reaches it; nearest is ${path} ${exact(miss[0])}, with ${value(miss[1])}.`
        : `${metric} of ${label(variant)} is ${value(target)} at ${count(answer.reached.length, "place")}.`,
      columns: [path, "just below", "just above", "fits"],
      rows: answer.reached.map((reached) => [
        place(reached),
        ...reached.figures.map(value),
        reached.feasible ? "yes" : "no",
      ]),
      note: LIKELIEST,
    }),
    plain: () => ({
      columns: [`${path}.from`, `${path}.to`, `${metric}.below`, `${metric}.above`, "fits"],
      rows: answer.reached.map(({ from, to, figures, feasible }) => [from, to, ...figures, feasible]),
    }),
  };
}

export function sensitivity({ scenario, options }: Input): Result {
  const { variant, metric, a, b } = options;
  if (variant !== undefined && (a ?? b) !== undefined) {
    throw new UsageError("--variant cannot stand beside --a and --b; write one of the two");
  }
  if (metric !== undefined && (variant ?? a ?? b) === undefined) {
    throw new UsageError("--metric: whose? Write --variant paas, or --a paas --b cloud-vms");
  }
  const pair =
    a === undefined && b === undefined
      ? undefined
      : ([needed(options, "a", "paas"), needed(options, "b", "cloud-vms")] as const);
  const over = draws(options, "sensitivity");
  const figure = metric === undefined ? {} : { metric };
  const answer = engine.sensitivity(
    scenario,
    pair ? { ...over, ...figure, between: pair } : variant === undefined ? over : { ...over, ...figure, variant },
  );
  const value = written(answer.metric);
  const [first, second] = answer.variants.map(label);
  const indices = new Map(answer.indices.map((index) => [index.path, index]));
  const estimate = ({ value, error }: engine.Estimate) => `${value.toFixed(2)} ± ${error.toFixed(2)}`;
  return {
    data: answer,
    shown: () => ({
      heading: second
        ? answer.metric === "totals.monthlyUsd"
          ? `${capital(second)} ${agree(answer.variants[1]!, "costs", "cost")} ${value(Math.abs(answer.likeliest))} a month ${answer.likeliest < 0 ? "less" : "more"} than ${first}; what that hangs on:`
          : `${answer.metric} of ${second} less that of ${first} is ${value(answer.likeliest)}; what that hangs on:`
        : `${answer.metric} of ${first} is ${value(answer.likeliest)}; what that hangs on:`,
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
      note: "alone, with all else: Sobol indices, the share of the variance that the input explains",
    }),
    plain: () => {
      const both = (index: engine.SobolIndex | undefined) =>
        [index?.first, index?.total].flatMap((estimate) => [estimate?.value, estimate?.error]);
      return {
        columns: [
          "input",
          "unit",
          "p10",
          "p90",
          `${answer.metric}.atP10`,
          `${answer.metric}.atP90`,
          "first",
          "first.error",
          "total",
          "total.error",
        ],
        rows: [
          ...answer.tornado.map(({ path, unit, p10, p90, atP10, atP90 }) => [
            path,
            unit,
            p10,
            p90,
            atP10,
            atP90,
            ...both(indices.get(path)),
          ]),
          ["others", "", "", "", "", "", ...both(answer.others)],
        ],
      };
    },
  };
}

export function plan({ scenario, options, progress }: Input): Result {
  progress("planning");
  const answer = engine.plan(scenario, draws(options, "plan"));
  const { ahead } = answer;
  const tried: [id: string, meaning: string, plan: engine.TriedPlan][] = ahead
    ? [
        [
          "expected",
          ahead.expected.fits < FITS ? "fits most often" : "least expected cost of what mostly fits",
          ahead.expected,
        ],
        ["robust", "least regret of what fits most often", ahead.robust],
        ["likeliest", "best at the likeliest values", ahead.likeliest],
        ["steady", "best that never switches", ahead.steady],
      ]
    : [];
  return {
    data: answer,
    shown: () => ({
      heading: planned(answer),
      columns: ["plan", "expected cost", "fits in", "mean regret", "regret in nine of ten", "what runs when"],
      rows: tried.map(([, meaning, { plan, fits, regretUsd, regretP90Usd }]) => [
        meaning,
        usd(plan.usd, 3),
        share(fits),
        usd(regretUsd, 3),
        usd(regretP90Usd, 3),
        stagesInWords(plan.stages),
      ]),
      note: "The likeliest values: the middle of every input.",
    }),
    plain: () => {
      const columns = ["plan", "usd", "fits", "regretUsd", "regretP90Usd", "stages"];
      const stages = (found: engine.Stage[]) =>
        found.map(({ variant, from, to }) => `${variant}:${from}-${to}`).join(" ");
      if (!ahead && answer.plan) {
        const { usd, stages: found } = answer.plan;
        return { columns, rows: [["likeliest", usd, undefined, undefined, undefined, stages(found)]] };
      }
      return {
        columns,
        rows: tried.map(([id, , { plan, fits, regretUsd, regretP90Usd }]) => [
          id,
          plan.usd,
          fits,
          regretUsd,
          regretP90Usd,
          stages(plan.stages),
        ]),
      };
    },
  };
}

/** What a plan says over its table. */
function planned({ plan, steady, ahead }: engine.Plan): string {
  if (!plan) return "In some month nothing fits.";
  const [cheapest] = steady
    .flatMap(({ variant, usd }) => (usd === null ? [] : [{ variant, usd }]))
    .sort((one, other) => one.usd - other.usd);
  return [
    `At the likeliest values: ${stagesInWords(plan.stages)}; ${usd(plan.usd, 3)} over the horizon.`,
    ...(cheapest ? [`Never switching: ${label(cheapest.variant)}, ${usd(cheapest.usd, 3)}.`] : []),
    ...(ahead?.switches ?? []).slice(0, 6).map((step) => {
      const [p10, p50, p90] = step.months.map((month) => exact(Math.round(month)));
      const from = step.from === null ? "start with" : `${label(step.from)} to`;
      return `${share(step.share)} of the draws: ${from} ${label(step.to)} in month ${p50} (${p10} to ${p90}).`;
    }),
  ].join("\n");
}

export function stack({ scenario, options }: Input): Result {
  const asked = names(options, "needs");
  const advice = engine.stack(scenario, asked === undefined ? {} : { needs: asked });
  const needs = new Map(engine.needs().map((need) => [need.id, need.label]));
  const parts = ({ parts }: engine.AdvisedStack, between: string) => parts.map(({ part }) => part.id).join(between);
  return {
    data: advice,
    shown: () => ({
      heading: [
        "Needs:",
        ...advice.needs.map(({ need, because }) => {
          const why = because === null ? "" : ` (${because[0]} is ${exact(because[1])})`;
          return `  ${need}: ${needs.get(need)}${why}`;
        }),
        ...(advice.stacks.length === 0 ? ["No set of parts meets all of them at once."] : []),
        "",
      ].join("\n"),
      columns: ["parts", "interfaces", "new skills", "hours a month", "a month", "learning once", "which"],
      rows: advice.stacks.map((row) => [
        exact(row.parts.length),
        exact(row.interfaces),
        exact(row.newSkills),
        hours(row.hoursPerMonth),
        usd(row.usdPerMonth, 3),
        hours(row.learningHours),
        parts(row, ", "),
      ]),
      note: "hours a month: upgrading the parts, upgrades that fail, teaching new skills; needs are named with --needs",
    }),
    plain: () => ({
      columns: ["parts", "interfaces", "newSkills", "hoursPerMonth", "usdPerMonth", "learningHours", "which"],
      rows: advice.stacks.map((row) => [
        row.parts.length,
        row.interfaces,
        row.newSkills,
        row.hoursPerMonth,
        row.usdPerMonth,
        row.learningHours,
        parts(row, " "),
      ]),
    }),
  };
}

export function slope({ scenario, options }: Input): Result {
  const start = options.start;
  const steps = engine.slope(scenario, start === undefined ? {} : { start });
  const of = (step: engine.SlopeStep, id: string) => step.figures[id]!;
  return {
    data: steps,
    shown: () => ({
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
      note: LIKELIEST,
    }),
    plain: () => {
      const told = Object.keys(steps[0]?.figures ?? {});
      const ids = (parts: engine.Part[]) => parts.map(({ id }) => id).join(" ");
      return {
        columns: ["step", "variant", "fits", ...told, "added", "dropped"],
        rows: steps.map((step) => [
          step.label,
          step.variant,
          step.feasible,
          ...told.map((id) => step.figures[id]),
          ids(step.added),
          ids(step.dropped),
        ]),
      };
    },
  };
}
