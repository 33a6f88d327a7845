/**
 * The one typed API, the same in browsers and Node: one object in, one object out.
 *
 * The core answers in flat typed arrays; this file gives the numbers their names back. It computes nothing;
 * of some variants it picks what the core says of all.
 */

import { core, count, number, problem } from "./core.ts";
import {
  type MetricId,
  type MonthlySeries,
  monthlySeries,
  type OutcomeNumbers,
  outcomeNumbers,
  type PresetId,
  type Scenario,
  type VariantId,
} from "./generated.ts";
import { asked, list, name } from "./question/asked.ts";
import { verdict } from "./words.ts";

export type * from "./generated.ts";

/** A variant as a question takes it: any name, as a name that is not known is refused in words. */
export type VariantName = VariantId | (string & {});

/** One of the essay's four ways to run software. */
export type ApproachId = "server" | "metal" | "vms" | "cloud";

/** Something that is wrong with an input. */
export interface Problem {
  /** Stable name of the kind of problem, such as `notANumber`. */
  code: string;
  /** Where: the path of the scenario's number, or empty for the whole. */
  path: string;
  /** What is wrong, with the value as it was written. */
  message: string;
  /** What is allowed, or what to write instead. */
  remedy: string;
}

/** What the API throws: `code` and `path` are those of the first of the `problems`. */
export interface MovingPartsError extends Error {
  name: "MovingPartsError";
  code: string;
  path: string;
  problems: Problem[];
}

/** Something that a scenario may say. */
export interface Field {
  path: string;
  kind: "number" | "count" | "flag" | "choice" | "set";
  options?: string[];
  label: string;
  unit: string;
  /** The fact whose range is the default, if the default is a fact. */
  defaultFact?: string;
  /** Why the default is what it is. */
  because: string;
  min: number;
  max: number;
  /** Lower and upper end of a slider. */
  low: number;
  high: number;
  log: boolean;
  doc: string;
}

/** A number that the world supplies. */
export interface Fact {
  id: string;
  label: string;
  unit: string;
  p10: number;
  p50: number;
  p90: number;
  source: string;
  date: string;
  confidence: "high" | "medium" | "low";
  /** Whether the figure, or its spread, was made by reasoning. */
  estimate: boolean;
  note: string;
}

/** One technology in one role that a team answers for. */
export interface Part {
  id: string;
  name: string;
  layer: "delivery" | "front" | "application" | "data" | "machines" | "beside";
  skill: string;
  responsibility: "selfRun" | "managed" | "used";
  stateful: boolean;
  /** Whether only its provider has it, so that leaving the provider means replacing it. */
  providerSpecific: boolean;
  /** Facts of its forced upgrades a year and of the hours of one, if it is upgraded at all. */
  facts?: [forcedUpgradesPerYear: string, hoursPerUpgrade: string];
}

/** Something that a company may need, and the parts that meet it. */
export interface Need {
  id: string;
  label: string;
  doc: string;
  /** Whether everybody needs it. */
  always: boolean;
  /** A scenario needs it if one of these fields is at least so much. */
  when: [path: string, atLeast: number][];
  /** The alternatives, as ids of parts: all parts of one of them together meet the need. */
  metBy: string[][];
}

/** A size of machine, and the facts of its price: of a database also of that with a standby, where it has one of its own. */
export interface Machine {
  name: string;
  seller: string;
  facts: string[];
  note: string;
}

export interface PresetSummary {
  id: PresetId;
  name: string;
  company: string;
  origin: string;
}

export interface Variant {
  id: VariantId;
  label: string;
  approach: ApproachId;
}

export interface Metric {
  id: MetricId;
  label: string;
  unit: string;
  doc: string;
}

export interface Line {
  id: string;
  label: string;
  cost: "infrastructure" | "waste" | "people" | "downtime" | "dataLoss" | "parts";
}

/** Everything that is the same for every scenario. */
export interface Catalog {
  model: string;
  factsDate: string;
  factsHash: string;
  fields: Field[];
  listFields: Field[];
  facts: Fact[];
  parts: Part[];
  needs: Need[];
  machines: Machine[];
  presets: PresetSummary[];
  variants: Variant[];
  metrics: Metric[];
  lines: Line[];
  series: [id: keyof MonthlySeries, label: string, unit: string][];
}

/** Why a variant does not fit. */
export type Obstacle =
  | {
      tooLargeForOneMachine: {
        month: number;
        neededVcpu: number;
        offeredVcpu: number;
        neededGib: number;
        offeredGib: number;
        neededGbits: number;
        offeredGbits: number;
        neededGb: number;
        offeredGb: number;
      };
    }
  | { tooMuchTraffic: { month: number; neededGb: number; offeredGb: number } }
  | { serviceTooLarge: { neededGib: number; offeredGib: number } }
  | { missesGoal: { allowedHours: number; expectedHours: number } }
  | { coldStart: { coldMs: number; acceptableMs: number } }
  | "notDecomposable"
  | "notSold"
  | "noSecondCopy"
  | "noSecondSite";

/** All that follows for one variant, at the likeliest values. */
export interface Outcome extends Omit<OutcomeNumbers, "complexity"> {
  variant: VariantId;
  /** Its name, in words. */
  label: string;
  approach: ApproachId;
  feasible: boolean;
  reasons: Obstacle[];
  /** Paid before the first month. */
  upfrontUsd: number;
  /** Paid after the last month, as likely as leaving is. */
  exitUsd: number;
  /** A feasible variant that is better in something that counts and worse in nothing; null where it was not asked for. */
  dominatedBy: VariantId | null;
  /** The month by whose end the move from what runs today has paid for itself, for good. */
  paysBackInMonth: number | null;
  monthly: MonthlySeries;
  complexity: OutcomeNumbers["complexity"] & {
    stack: { part: Part; times: number }[];
    interfaceList: { from: Part; to: Part }[];
  };
}

export interface Comparison {
  /** The feasible variant that costs least, of those asked for, if any is feasible. */
  best: VariantId | null;
  /** The answer as one sentence. */
  verdict: string;
  variants: Outcome[];
  model: string;
  facts: { date: string; hash: string };
}

/** An expression over the steps of a derivation. */
export type Formula = { step: number } | { constant: number } | { apply: [operation: string, operands: Formula[]] };

/** One figure on the way to another. */
export interface Step {
  label: string;
  unit: string;
  value: number;
  /** The month it belongs to, counted from 1. */
  month?: number;
  /** The path of the scenario's number or of the fact; it then has no formula. */
  input?: string;
  formula?: Formula;
}

/** The whole way to some numbers: the first steps are these, in the order in which they were asked for. */
export interface Derivation {
  steps: Step[];
}

/** What one part costs. */
export interface PartPrice {
  part: Part;
  /** Hours of work a month that go with it. */
  hoursPerMonth: number;
  /** What goes with it a month, all in; below zero if it saves more than it costs. */
  usdPerMonth: number;
}

let known: Catalog | undefined;

/** The name of a variant, in words. */
export function variantLabel(id: string): string {
  return catalog().variants.find((variant) => variant.id === id)?.label ?? id;
}

/** Everything that is the same for every scenario: fields, facts, parts, presets, variants, metrics. It cannot be changed. */
export function catalog(): Catalog {
  known ??= frozen(core().catalog() as Catalog);
  return known;
}

/** An object that nobody can change, nor anything in it: all who ask get the same one. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** Version of the model, and date and hash of the facts. */
export function version(): { model: string; facts: { date: string; hash: string } } {
  const { model, factsDate, factsHash } = catalog();
  return { model, facts: { date: factsDate, hash: factsHash } };
}

/** The ready scenarios. */
export function presets(): PresetSummary[] {
  return catalog().presets;
}

/** A ready scenario, with everything it says. */
export function preset(id: PresetId | (string & {})): Scenario {
  return core().preset(String(id)) as Scenario;
}

/** The facts, with their ranges, sources and dates. */
export function facts(): Fact[] {
  return catalog().facts;
}

/** The parts that variants are made of. */
export function parts(): Part[] {
  return catalog().parts;
}

/** What a company may need, and the parts that meet it. */
export function needs(): Need[] {
  return catalog().needs;
}

/** What is wrong with a scenario; an empty list if nothing is. */
export function validate(scenario: Scenario): Problem[] {
  return core().validate(scenario) as Problem[];
}

/** What the scenario says of every field, by its path, defaults and preset included. */
export function ranges(scenario: Scenario): Record<string, { p10: number; p50: number; p90: number }> {
  const values = core().ranges(scenario);
  return Object.fromEntries(
    catalog().fields.map((field, index) => [
      field.path,
      { p10: values[index * 3]!, p50: values[index * 3 + 1]!, p90: values[index * 3 + 2]! },
    ]),
  );
}

/** Which names the scenario's sets hold, by their paths, defaults and preset included. */
export function sets(scenario: Scenario): Record<string, string[]> {
  const held = core().sets(scenario) as string[][];
  const fields = catalog().fields.filter((field) => field.kind === "set");
  return Object.fromEntries(fields.map((field, index) => [field.path, held[index]!]));
}

/**
 * All variants side by side.
 * @param question `variants` are those that are shown and judged; all, if none is named. `seed` is that of the questions
 * which draw, so that all take the same; the likeliest values are one point, and no draw changes them.
 * @throws {MovingPartsError} with every problem of the scenario.
 */
export function compare(
  scenario: Scenario,
  question: { variants?: readonly VariantName[]; seed?: number } = {},
): Comparison {
  const { variants, metrics, series, model, factsDate, factsHash } = catalog();
  const said = asked(question, { takes: ["variants", "seed"] });
  const names = list("variants", said.variants);
  if (said.seed !== undefined) count("seed", said.seed);
  const [numbers, stacks, obstacles] = core().compare(scenario, names) as [Float64Array, Uint16Array, Obstacle[][]];
  const named = variants.filter(({ id }) => names.length === 0 || names.includes(id));
  const id = (index: number) => variants[index]?.id ?? null;
  const months = numbers[1]!;
  const width = metrics.length + EXTRAS + series.length * months;
  const shapes = shapesOf(stacks, named.length);
  const outcomes = named.map((variant, index): Outcome => {
    const start = 2 + index * width;
    const extras = start + metrics.length;
    const { totals, unitCosts, monthlyLevels, labour, availability, agility, latency, fleet, complexity, lines } =
      outcomeNumbers(numbers, start);
    const reasons = obstacles[index]!;
    // One literal: engines make it several times as fast as properties that are added.
    return {
      variant: variant.id,
      label: variant.label,
      approach: variant.approach,
      feasible: reasons.length === 0,
      reasons,
      upfrontUsd: numbers[extras]!,
      exitUsd: numbers[extras + 1]!,
      dominatedBy: id(numbers[extras + 2]!),
      paysBackInMonth: numbers[extras + 3]! || null,
      totals,
      unitCosts,
      monthlyLevels,
      labour,
      availability,
      agility,
      latency,
      fleet,
      complexity: Object.assign(complexity, shapes[index]!),
      lines,
      monthly: monthlySeries(numbers, extras + EXTRAS, months),
    };
  });
  return {
    best: id(numbers[0]!),
    verdict: verdict({ variants: outcomes }, variants.length),
    variants: outcomes,
    model,
    facts: { date: factsDate, hash: factsHash },
  };
}

/** Numbers of an outcome beside its metrics and series: see `compare` in the core. */
const EXTRAS = 4;

type Shape = Pick<Outcome["complexity"], "stack" | "interfaceList">;

/** The stacks of the last answer: they change far less often than the numbers, and are most of an answer's objects. */
let lastShapes: { flat: Uint16Array; shapes: Shape[] } | undefined;

/** Whether two arrays hold the same numbers: asked at every comparison, so a plain loop. */
function same(one: Uint16Array, other: Uint16Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** The parts and interfaces of every variant, from their flat form. */
function shapesOf(flat: Uint16Array, count: number): Shape[] {
  if (lastShapes && same(lastShapes.flat, flat)) return lastShapes.shapes;
  const all = parts();
  let cursor = 0;
  const read = () => flat[cursor++]!;
  const shapes = Array.from({ length: count }, () => ({
    stack: Array.from({ length: read() }, () => ({ part: all[read()]!, times: read() })),
    interfaceList: Array.from({ length: read() }, () => ({ from: all[read()]!, to: all[read()]! })),
  }));
  lastShapes = { flat, shapes };
  return shapes;
}

/**
 * The derivation of a number, or of several at once: the formula of each, the figures in it, down to inputs and facts.
 * What was asked for is what the steps begin with, in the same order.
 * @param question `metric` is any number of an outcome, or a list of them; with a `month` (from 1) a line of the bill,
 *   `totals.monthlyUsd` or `fleet.machines`, of that month alone, or `totals.tcoUsd` up to that month.
 * @throws {MovingPartsError} if the scenario, variant, metric or month is wrong.
 */
export function explain(
  scenario: Scenario,
  question: {
    variant: VariantName;
    metric: MetricId | (string & {}) | readonly (MetricId | (string & {}))[];
    month?: number;
  },
): Derivation {
  const { variant, metric, month } = asked(question, {
    needs: { variant: '"paas"', metric: '"totals.monthlyUsd"' },
    takes: ["month"],
  });
  const metrics = list("metric", Array.isArray(metric) ? metric : [metric]);
  if (metrics.length === 0)
    throw problem("missing", "metric", "names nothing", 'write one such as "totals.monthlyUsd"');
  if (month !== undefined && !(Number.isInteger(number("month", month)) && month >= 0 && month <= 65535)) {
    throw problem("outOfRange", "month", `${month} is not a month`, "write a whole number, counted from 1");
  }
  return core().explain(scenario, name("variant", variant), metrics, month) as Derivation;
}

/**
 * What each part of a variant's stack costs this team a month: what would change if it were not there.
 * The prices do not add up to the whole: two parts that share a skill each keep it when the other goes.
 * @throws {MovingPartsError} if the scenario or the variant is wrong.
 */
export function partPrices(scenario: Scenario, question: { variant: VariantName }): PartPrice[] {
  const all = parts();
  const { variant } = asked(question, { needs: { variant: '"paas"' } });
  const flat = core().partPrices(scenario, name("variant", variant));
  return Array.from({ length: flat.length / 3 }, (_, index) => ({
    part: all[flat[index * 3]!]!,
    hoursPerMonth: flat[index * 3 + 1]!,
    usdPerMonth: flat[index * 3 + 2]!,
  }));
}

/** The scenario as the fragment of a link, without `#`. */
export function toLink(scenario: Scenario): string {
  return core().toLink(scenario);
}

/**
 * The scenario of a link: of its fragment, or of a whole address, of which only what follows its `#` counts. What the page
 * adds to say what is being looked at (`page.…`) is left out.
 * @throws {MovingPartsError} with every problem of the link.
 */
export function fromLink(link: string): Scenario {
  const text = String(link);
  const pairs = text.slice(text.indexOf("#") + 1).split("&");
  return core().fromLink(pairs.filter((pair) => !pair.startsWith("page.")).join("&")) as Scenario;
}
