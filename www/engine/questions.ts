/** The questions that ask for more than one point: sweep, winners, break-even, goal-seek, sensitivity, uncertainty, plan, stack, slope. */
import type { Study } from "#glue";
import { catalog, type MetricId, type Part, parts, type Scenario, type ScenarioPath, type VariantId } from "./api.ts";
import { core, count, type Kept, kept, number, problem } from "./core.ts";
import { atOnce, stretches, type UnderWay, underWay } from "./steps.ts";

/** The path of a number of the scenario, or of a fact: `workload.weeklyUsers`, `facts.aws.ec2.m7g.large`. */
export type NumberPath = ScenarioPath | `facts.${string}` | (string & {});

/** A number and the values that it takes. */
export interface Axis {
  path: NumberPath;
  /** First value; that of the slider if nothing is said. */
  from?: number;
  /** Last value. */
  to?: number;
  /** How many values. */
  steps?: number;
  /** Whether they are equal ratios apart, and not equal differences. */
  log?: boolean;
}

/** A place where another variant becomes the cheapest one. */
export interface Border {
  /** The value of the number there. */
  at: number;
  /** Over what the scenario says: the answer holds until the number is so many times as large. Null if it is zero. */
  factor: number | null;
  /** Who costs least beyond; null if nothing fits there. */
  winner: VariantId | null;
}

/** An axis as it was swept. */
export interface SweptAxis {
  path: string;
  values: Float64Array;
  log: boolean;
  /** What the scenario says of the number. */
  now: number;
  /** The nearest borders below and above, all else as the scenario says; null if there is none on the axis. */
  below: Border | null;
  above: Border | null;
}

/** A figure along one number or two. */
export interface Sweep {
  metric: string;
  x: SweptAxis;
  y: SweptAxis | null;
  /** Over how many draws of everything else: each value is then their mean. 0: at the likeliest values. */
  draws: number;
  /**
   * For each variant the figure at each place, whether it fits there (in at least half of the draws), and in which share of
   * the draws it fits and costs least. With two axes row by row: x runs fastest.
   */
  variants: { variant: VariantId; values: Float64Array; feasible: Uint8Array; chanceBest: Float64Array }[];
  /** Who costs least at each place, over draws in the mean; null where nothing fits. */
  winners: (VariantId | null)[];
  /** Who costs least where the scenario is. */
  winner: VariantId | null;
}

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

/** An estimate and its standard error. */
export interface Estimate {
  value: number;
  error: number;
}

/** What an input explains of a figure's variance: alone, and with all its interactions. */
export interface SobolIndex {
  first: Estimate;
  total: Estimate;
}

/** A number that is believed and not known. */
export interface UncertainInput {
  path: string;
  label: string;
  unit: string;
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
  figures: Record<string, Spread>;
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
  /** What knowing everything before the choice is worth, over the horizon. */
  perfectInformationUsd: Estimate;
  /** What knowing one input is worth, the most first; null where it was not asked, or is still being refined. */
  worthKnowing: (UncertainInput & { usd: Estimate })[] | null;
}

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
    /** The plan of least expected cost. */
    expected: TriedPlan;
    /** The plan whose regret is least in nine draws of ten, of those tried. */
    robust: TriedPlan;
    /** The plan that is best at the likeliest values. */
    likeliest: TriedPlan;
    /** The best of those that never switch. */
    steady: TriedPlan;
  } | null;
}

/** A set of parts that meets all needs. */
export interface AdvisedStack {
  /** Each part, with the need that it meets or the part that cannot be without it. */
  parts: { part: Part; meets: string | null; pulledInBy: Part | null }[];
  interfaces: number;
  newSkills: number;
  /** Upgrading the parts, upgrades that fail, and teaching new skills to those who join. */
  hoursPerMonth: number;
  usdPerMonth: number;
  /** Learning new skills, once. */
  learningHours: number;
}

/** The smallest sets of parts for some needs, of each home that software can have. */
export interface StackAdvice {
  /** The needs, and the field and value from which each follows. */
  needs: { need: string; because: [path: string, value: number] | null }[];
  /** Smallest first; empty if no set meets all needs at once. */
  stacks: AdvisedStack[];
}

/** A step down the slippery slope. */
export interface SlopeStep {
  label: string;
  variant: VariantId;
  added: Part[];
  dropped: Part[];
  /** Some numbers of the outcome, by their ids. */
  figures: Record<string, number>;
  feasible: boolean;
}

/** How many draws are made, and with which seed. */
export interface Draws {
  draws?: number;
  /** A whole number from 0 to 4294967295; the same seed gives the same answer, to the last bit. */
  seed?: number;
}

const SEED = 1;

function list(path: string, names: readonly unknown[] | undefined): string[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) throw problem("notAList", path, `${String(names)} is not a list`, "write a list of names");
  return names.map(String);
}

/** An axis as the core takes it. */
function laid(name: string, axis: Axis): number[] {
  if (typeof axis !== "object" || axis === null || typeof axis.path !== "string") {
    throw problem("missing", `${name}.path`, "is missing", "name a number, such as workload.weeklyUsers");
  }
  const said = (key: "from" | "to") => (axis[key] === undefined ? Number.NaN : number(`${name}.${key}`, axis[key]));
  const steps = axis.steps === undefined ? Number.NaN : count(`${name}.steps`, axis.steps);
  return [said("from"), said("to"), steps, axis.log === undefined ? Number.NaN : Number(axis.log)];
}

/**
 * A figure of every variant along one number, or over two, and who costs least where: at the likeliest values of all
 * others, or, with `draws`, in the mean over them.
 * @throws {MovingPartsError} if a name is not known, or an axis is empty, not allowed or too long.
 */
export function sweep(scenario: Scenario, question: SweepQuestion): Sweep {
  return atOnce(sweeping(scenario, question));
}

/** What a {@link sweep} is asked with. */
type SweepQuestion = Draws & {
  x: Axis;
  y?: Axis;
  metric?: MetricId | (string & {});
  variants?: readonly VariantId[];
};

/**
 * The same under way.
 * @internal
 */
export function sweeping(scenario: Scenario, question: SweepQuestion): UnderWay<Sweep> {
  const { x, y, metric = "totals.monthlyUsd", draws = 0, seed = SEED } = question;
  const axes = y === undefined ? [x] : [x, y];
  const numbers = axes.flatMap((axis, index) => laid(index === 0 ? "x" : "y", axis));
  const names = list("variants", question.variants);
  const paths = axes.map((axis) => axis.path);
  const over = [count("draws", draws), count("seed", seed)] as const;
  type Row = [
    head: [Omit<SweptAxis, "values">[], VariantId[], VariantId | null],
    values: Float64Array[],
    figures: Float64Array[],
    feasible: Uint8Array,
    winners: Int8Array,
    chances: Float64Array[],
  ];
  return underWay(
    (core) => core.sweep(scenario, paths, Float64Array.from(numbers), String(metric), names, ...over),
    ([[heads, variants, winner], values, figures, feasible, winners, chances]: Row) => {
      const [x, y] = heads.map((axis, index) => ({ ...axis, values: values[index]! }));
      const cells = winners.length;
      return {
        metric: String(metric),
        draws,
        x: x!,
        y: y ?? null,
        variants: variants.map((variant, index) => ({
          variant,
          values: figures[index]!,
          feasible: feasible.subarray(index * cells, (index + 1) * cells),
          chanceBest: chances[index]!,
        })),
        winners: Array.from(winners, (place) => variants[place] ?? null),
        winner,
      };
    },
  );
}

/**
 * The variant that costs least at each value of a field, all else equal; null where nothing fits. With `draws` it is the one
 * that costs least in the mean over so many draws of all else.
 * @throws {MovingPartsError} if there is no such field, or if it does not take a value.
 */
export function winners(scenario: Scenario, question: WinnersQuestion): (VariantId | null)[] {
  return atOnce(winning(scenario, question));
}

/** What {@link winners} are asked with. */
type WinnersQuestion = Draws & {
  path: ScenarioPath | (string & {});
  values: readonly number[];
  variants?: readonly VariantId[];
};

/**
 * The same under way.
 * @internal
 */
export function winning(scenario: Scenario, question: WinnersQuestion): UnderWay<(VariantId | null)[]> {
  const { variants } = catalog();
  const { path, values, variants: among = [], draws = 0, seed = SEED } = question;
  const numbers = Float64Array.from(values);
  const over = [count("draws", draws), count("seed", seed)] as const;
  return underWay(
    (core) => core.winners(scenario, String(path), numbers, among.map(String), ...over),
    (indices: Int8Array) => Array.from(indices, (index) => variants[index]?.id ?? null),
  );
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

/**
 * Which inputs the answer hangs on: what the second-best variant costs more a month than the best one; or a metric (the
 * all-in cost a month, if none is named) of one variant, or by how much it is more of the second of `between` than of the
 * first. Swings of every uncertain input, and Sobol indices of those with the widest.
 * @throws {MovingPartsError} if a name is not known, or there are no draws or too many.
 */
export function sensitivity(scenario: Scenario, question: SensitivityQuestion = {}): Sensitivity {
  return atOnce(sensing(scenario, question));
}

/** What a {@link sensitivity} is asked with. */
type SensitivityQuestion = Draws & {
  variant?: VariantId | (string & {});
  metric?: MetricId | (string & {});
  between?: readonly [VariantId | (string & {}), VariantId | (string & {})];
};

/**
 * The same under way.
 * @internal
 */
export function sensing(scenario: Scenario, question: SensitivityQuestion): UnderWay<Sensitivity> {
  const { variant, metric, between, draws = 512, seed = SEED } = question;
  if (variant === undefined && between === undefined && metric !== undefined) {
    throw problem("missing", "variant", "is missing", "say whose metric it is, such as paas, or name two in between");
  }
  if (variant !== undefined && between !== undefined) {
    throw problem("tooMany", "variant", "stands beside between", "name one variant, or two in between");
  }
  const variants = variant === undefined ? list("between", between) : [String(variant)];
  if (between !== undefined && variants.length !== 2) {
    throw problem("notAPair", "between", `names ${variants.length} variants`, "name two, such as paas and cloud-vms");
  }
  const over = [count("draws", draws), count("seed", seed)] as const;
  return underWay(
    (core) => core.sensitivity(scenario, variants, metric, ...over),
    (answer: Sensitivity) => answer,
  );
}

type Said = [
  draws: number,
  best: VariantId | null,
  perfect: Estimate,
  worth: (UncertainInput & { usd: Estimate })[],
  odds: (Pick<Odds, "variant" | "fits" | "chanceBest" | "regretUsd"> & { told: [string, Spread][] })[],
];

/** Draws of a company, inside the engine. */
function studied(scenario: Scenario, seed: number, variants: readonly VariantId[]): Kept<Study> {
  return kept(({ Study }) => new Study(scenario, count("seed", seed), variants.map(String)));
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
    variants: odds.map(({ told, ...row }, index) => {
      const series = months[index]!;
      const length = series.length / 6;
      const part = (at: number) => series.subarray(at * length, (at + 1) * length);
      return {
        ...row,
        figures: Object.fromEntries(told),
        cuts: cuts[index]!,
        monthly: { mean: part(0), p10: part(1), p25: part(2), p50: part(3), p75: part(4), p90: part(5) },
        monthlyUsd: ask((study) => study.drawn(index, monthly)),
      };
    }),
    perfectInformationUsd: perfect,
    worthKnowing: worth ? worthKnowing : null,
  };
}

/** Draws of an answer, if nothing is said. */
const DRAWS = 4096;

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
type UncertaintyQuestion = Draws & { worth?: boolean; variants?: readonly VariantId[] };

/**
 * The same under way: a draw a step.
 * @internal
 */
export function drawing(scenario: Scenario, question: UncertaintyQuestion): UnderWay<Uncertainty> {
  const { draws = DRAWS, seed = SEED, worth = true, variants = [] } = question;
  const all = count("draws", draws);
  const study = studied(scenario, seed, variants);
  let made = 0;
  return {
    advance: (steps) => {
      made = Math.min(all, made + steps);
      study.ask((asked) => asked.advance(made));
      return made === all ? said(study, seed, worth) : undefined;
    },
    free: study.free,
  };
}

/** Draws of the first answer of several. */
const FIRST_DRAWS = 256;

/**
 * The same, refined as it goes: first from 256 draws, then from four times as many, until all are made. Between stretches of
 * a few milliseconds others get their turn. It ends when the caller stops asking, or when the signal aborts.
 * @throws {MovingPartsError} as {@link uncertainty}; the signal's reason if it aborts.
 */
export async function* refineUncertainty(
  scenario: Scenario,
  question: Draws & { variants?: readonly VariantId[]; signal?: AbortSignal } = {},
): AsyncGenerator<Uncertainty, void, void> {
  const { draws = DRAWS, seed = SEED, variants = [], signal } = question;
  const study = studied(scenario, seed, variants);
  const stretch = stretches(64, signal);
  try {
    let made = 0;
    for (let next = Math.min(FIRST_DRAWS, count("draws", draws)); ; next = Math.min(next * 4, draws)) {
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
  const { draws = 256, seed = SEED } = question;
  type Row = Omit<Plan, "steady" | "ahead"> & {
    steady: (number | null)[];
    ahead: (Omit<NonNullable<Plan["ahead"]>, "running"> & { running: number[][] }) | null;
  };
  const over = [count("draws", draws), count("seed", seed)] as const;
  const { variants } = catalog();
  return underWay(
    (core) => core.plan(scenario, ...over),
    ({ plan, steady, ahead }: Row) => ({
      plan,
      steady: steady.map((usd, index) => ({ variant: variants[index]!.id, usd })),
      ahead: ahead && {
        ...ahead,
        running: ahead.running.map((shares, index) => ({
          variant: variants[index]!.id,
          shares: Float64Array.from(shares),
        })),
      },
    }),
  );
}

/** A part by its id. */
function partOf(id: string): Part {
  return parts().find((part) => part.id === id)!;
}

/**
 * The smallest sets of parts that meet a company's needs: those named, or those that follow from its scenario.
 * @throws {MovingPartsError} if a need is not known.
 */
export function stack(scenario: Scenario, question: { needs?: readonly string[] } = {}): StackAdvice {
  type Row = Omit<AdvisedStack, "parts"> & {
    parts: { part: string; meets: string | null; pulledInBy: string | null }[];
  };
  const [needs, stacks] = core().stack(scenario, list("needs", question.needs)) as [StackAdvice["needs"], Row[]];
  return {
    needs,
    stacks: stacks.map((row) => ({
      ...row,
      parts: row.parts.map(({ part, meets, pulledInBy }) => ({
        part: partOf(part),
        meets,
        pulledInBy: pulledInBy === null ? null : partOf(pulledInBy),
      })),
    })),
  };
}

/**
 * The slippery slope: the steps from a variant (where the company is, or virtual machines) to a cluster with its database
 * inside, and what each adds.
 * @throws {MovingPartsError} if there is no such variant.
 */
export function slope(scenario: Scenario, question: { start?: VariantId | (string & {}) } = {}): SlopeStep[] {
  type Row = {
    label: string;
    variant: VariantId;
    added: string[];
    dropped: string[];
    numbers: number[];
    feasible: boolean;
  };
  const [told, steps] = core().slope(scenario, question.start) as [string[], Row[]];
  return steps.map(({ label, variant, added, dropped, numbers, feasible }) => ({
    label,
    variant,
    added: added.map(partOf),
    dropped: dropped.map(partOf),
    figures: Object.fromEntries(told.map((id, index) => [id, numbers[index]!])),
    feasible,
  }));
}
