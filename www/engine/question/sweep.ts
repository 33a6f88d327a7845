/** A figure along one number or two, and who costs least where. */

import { catalog, type MetricId, type Scenario, type ScenarioPath, type VariantId, type VariantName } from "../api.ts";
import { count, number } from "../core.ts";
import { flags, series } from "../series.ts";
import { atOnce, type UnderWay, underWay } from "../steps.ts";
import { along, asked, type Draws, flag, list, type NumberPath, name, numbers, SEED, USUAL_DRAWS } from "./asked.ts";

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
  /**
   * The nearest borders below and above what the scenario says, as far as the axis reaches, all else as the scenario says;
   * null if there is none up to there. Where the scenario itself lies beside the axis, a border may lie before the axis
   * begins: so far its answer holds.
   */
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

/** An axis as the core takes it: its path, and its numbers, of which those that are not said are none. */
function laid(within: string, axis: Axis): { path: string; numbers: number[] } {
  const { path, from, to, steps, log } = asked(axis, {
    needs: { path: '"workload.weeklyUsers"' },
    takes: ["from", "to", "steps", "log"],
    within,
  });
  const at = (key: string) => `${within}.${key}`;
  return {
    path: name(at("path"), path),
    numbers: [
      from === undefined ? Number.NaN : number(at("from"), from),
      to === undefined ? Number.NaN : number(at("to"), to),
      steps === undefined ? Number.NaN : count(at("steps"), steps),
      log === undefined ? Number.NaN : Number(flag(at("log"), log)),
    ],
  };
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
  /** Those that there are to choose from; all, if none is named. */
  variants?: readonly VariantName[];
};

/**
 * The same under way.
 * @internal
 */
export function sweeping(scenario: Scenario, question: SweepQuestion): UnderWay<Sweep> {
  const {
    x,
    y,
    metric,
    variants,
    draws = USUAL_DRAWS.sweep,
    seed = SEED,
  } = asked(question, {
    needs: { x: '{ path: "workload.weeklyUsers" }' },
    takes: ["y", "metric", "variants", "draws", "seed"],
  });
  const axes = y === undefined ? [laid("x", x)] : [laid("x", x), laid("y", y)];
  const places = Float64Array.from(axes.flatMap(({ numbers }) => numbers));
  const paths = axes.map(({ path }) => path);
  const figure = name("metric", metric ?? "totals.monthlyUsd");
  const names = list("variants", variants);
  const over = [count("draws", draws), count("seed", seed)] as const;
  type Row = [
    head: [Omit<SweptAxis, "values">[], VariantId[], VariantId | null],
    values: Float64Array[],
    figures: Float64Array[],
    feasible: Uint8Array,
    winners: Int8Array,
    chances: Float64Array[],
  ];
  const held = Object.fromEntries(paths.map((path, index) => [index === 0 ? "x.path" : "y.path", path]));
  const asking = () =>
    underWay(
      scenario,
      (core, scenario) => core.sweep(scenario, paths, places, figure, names, ...over),
      ([[heads, variants, winner], values, figures, feasible, winners, chances]: Row) => {
        const [x, y] = heads.map((axis, index) => ({ ...axis, values: series(values[index]!) }));
        const cells = winners.length;
        return {
          metric: figure,
          draws,
          x: x!,
          y: y ?? null,
          variants: variants.map((variant, index) => ({
            variant,
            values: series(figures[index]!),
            feasible: flags(feasible, index * cells, (index + 1) * cells),
            chanceBest: series(chances[index]!),
          })),
          winners: Array.from(winners, (place) => variants[place] ?? null),
          winner,
        };
      },
    );
  return along(scenario, held, asking);
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
  /** Those that there are to choose from; all, if none is named. */
  variants?: readonly VariantName[];
};

/**
 * The same under way.
 * @internal
 */
export function winning(scenario: Scenario, question: WinnersQuestion): UnderWay<(VariantId | null)[]> {
  const { variants } = catalog();
  const {
    path,
    values,
    variants: among,
    draws = USUAL_DRAWS.winners,
    seed = SEED,
  } = asked(question, {
    needs: { path: '"workload.weeklyUsers"', values: "[1e4, 1e5, 1e6]" },
    takes: ["variants", "draws", "seed"],
  });
  const varied = name("path", path);
  const places = numbers("values", values);
  const names = list("variants", among);
  const over = [count("draws", draws), count("seed", seed)] as const;
  return along(scenario, { path: varied }, () =>
    underWay(
      scenario,
      (core, scenario) => core.winners(scenario, varied, places, names, ...over),
      (indices: Int8Array) => Array.from(indices, (index) => variants[index]?.id ?? null),
    ),
  );
}
