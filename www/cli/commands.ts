/** The commands: what each is for, which options it takes, and what it answers. */
import type { Comparison, Derivation, Formula, MetricId, Outcome, Scenario, VariantId } from "../engine/api.ts";
import { formulaText } from "../engine/formula.ts";
import * as engine from "../engine/node.ts";
import { duration, exact, hours, obstacle, short, usd } from "../engine/words.ts";
import { names, needed, number, type OptionName, type Options, UsageError, variants } from "./options.ts";
import { TABLES, type Table } from "./output.ts";
import { breakEven, goalSeek, plan, sensitivity, slope, stack, sweep, uncertainty } from "./questions.ts";

/** What a command may look at: the scenario, and the options by their names. */
export interface Input {
  scenario: Scenario;
  options: Options;
  /** Tells whoever waits at a terminal how far it is. */
  progress: (text: string) => void;
}

/** What a command says. */
export interface Result {
  /** For `--format json`; of a file, its bytes. */
  data: unknown;
  /** For the other formats. */
  table?: Table;
  /** A sentence over the table. */
  heading?: string;
  /** Words under the table, for people. */
  note?: string | undefined;
  /** Whether the exit status tells of a failure. */
  failed?: boolean;
}

export interface Command {
  /** What it answers, in a line. */
  about: string;
  /** Whether it answers about a company, and takes the options that say which. */
  company: boolean;
  /** Its own options. */
  options: readonly OptionName[];
  /** The forms its answer can take, the usual one first. */
  formats: readonly string[];
  examples: readonly string[];
  run: (input: Input) => Result | Promise<Result>;
}

/** Of the company: one of these, or several. */
export const COMPANY = ["preset", "scenario", "set", "lines"] as const satisfies OptionName[];

const DRAWN = ["draws", "seed"] as const;

/** A question about a company. */
function question(
  about: string,
  options: readonly OptionName[],
  run: Command["run"],
  examples: readonly string[],
): Command {
  return { about, company: true, options, formats: TABLES, examples, run };
}

/** A list that is the same for all. */
function list(about: string, run: Command["run"], examples: readonly string[]): Command {
  return { about, company: false, options: [], formats: TABLES, examples, run };
}

export const commands: Record<string, Command> = {
  compare: question("all nine variants side by side", ["variants", "metrics"], compare, [
    "--preset shermans-2011",
    "--preset seed-startup --set team.developers=12 --format json",
    "--scenario ours.json --variants paas,leased-metal",
    "--preset indie-saas --metrics totals.monthlyUsd,labour.hoursPerMonth --format csv",
  ]),
  uncertainty: question(
    "how sure that is: distributions, odds, regret, what is worth finding out",
    ["variants", ...DRAWN],
    uncertainty,
    ["--preset seed-startup --set workload.weeklyUsers=1e4..1e6 --draws 10000"],
  ),
  sensitivity: question(
    "what it hangs on: swings and Sobol indices",
    ["variant", "a", "b", "metric", ...DRAWN],
    sensitivity,
    ["--preset seed-startup", "--preset seed-startup --a paas --b cloud-vms --metric labour.hoursPerMonth"],
  ),
  sweep: question(
    "along one number or two, who is cheapest where; with draws, in the mean over draws of all else",
    ["x", "y", "metric", "variants", ...DRAWN],
    sweep,
    [
      "--preset shermans-2011 --x workload.weeklyUsers=1e5..1e8/13",
      "--preset seed-startup --x workload.weeklyUsers --y team.hourlyUsd=40..160/7 --format csv",
    ],
  ),
  "break-even": question(
    "where one variant becomes cheaper than another",
    ["a", "b", "path", "range", "metric"],
    breakEven,
    ["--preset shermans-2011 --a paas --b leased-metal --path workload.weeklyUsers --range 1e5..1e8"],
  ),
  "goal-seek": question(
    "which value makes a figure what it should be",
    ["variant", "metric", "target", "path", "range"],
    goalSeek,
    [
      "--preset seed-startup --variant paas --metric totals.monthlyUsd --target 9000 --path workload.weeklyUsers --range 1e4..1e7",
    ],
  ),
  plan: question("when to switch, all costs of switching included", [...DRAWN], plan, [
    "--preset seed-startup --set finance.horizonMonths=60",
  ]),
  stack: question("the smallest sets of parts that meet the company's needs", ["needs"], stack, [
    "--preset series-b-b2b",
    "--needs serve,failover,undo",
  ]),
  slope: question("the slippery slope, step by step", ["start"], slope, [
    "--preset seed-startup",
    "--preset seed-startup --start single-server",
  ]),
  explain: question(
    "how one number comes to be, down to inputs and facts with their sources",
    ["variant", "metric", "month"],
    explain,
    [
      "--preset seed-startup --variant paas --metric totals.monthlyUsd",
      "--preset seed-startup --variant cloud-vms --metric lines.compute --month 12",
    ],
  ),
  export: {
    about:
      "one variant as a spreadsheet that calculates, every figure a formula; the cheapest, with all its numbers, if none is named",
    company: true,
    options: ["variant", "metrics"],
    formats: ["xlsx"],
    examples: ["--preset seed-startup --variant paas --output paas.xlsx"],
    run: spreadsheet,
  },
  presets: list(
    "the ready scenarios",
    () => ({
      data: engine.presets(),
      table: {
        columns: ["preset", "company", "where its inputs come from"],
        rows: engine.presets().map((preset) => [preset.id, preset.company, preset.origin]),
      },
    }),
    [""],
  ),
  inputs: list("what can be said of a company: paths, limits and meanings", inputs, ["--format csv"]),
  metrics: list("the numbers of an outcome, and what they mean", metrics, ["--format markdown"]),
  facts: list("the prices and rates, with their sources", facts, ["--format csv --output facts.csv"]),
  schema: { ...list("the JSON Schema of a scenario", () => ({ data: engine.schema() }), [""]), formats: ["json"] },
  validate: question("what is wrong with a scenario", [], validate, ["--scenario ours.json"]),
};

function inputs(): Result {
  const { fields, listFields } = engine.catalog();
  const all = [...fields, ...listFields];
  return {
    data: all,
    table: {
      columns: ["path", "from", "to", "unit", "kind", "what it is"],
      rows: all.map(({ path, kind, options, min, max, unit, label, doc }) => {
        const limits = options ? ["", ""] : [exact(min), exact(max)];
        return [path, ...limits, unit, options ? options.join(", ") : kind, doc || label];
      }),
    },
  };
}

function metrics(): Result {
  const { metrics } = engine.catalog();
  return {
    data: metrics,
    table: {
      columns: ["metric", "unit", "what it is"],
      rows: metrics.map(({ id, unit, label, doc }) => [id, unit, doc || label]),
    },
  };
}

function facts(): Result {
  const columns = ["id", "p10", "p50", "p90", "unit", "date", "confidence", "source"];
  const rows = engine
    .facts()
    .map(({ id, p10, p50, p90, unit, date, confidence, estimate, source }) => [
      id,
      p10,
      p50,
      p90,
      unit,
      date,
      estimate ? `${confidence}, estimate` : confidence,
      source,
    ]);
  return { data: engine.facts(), table: { columns, rows } };
}

async function spreadsheet({ scenario, options }: Input): Promise<Result> {
  const variant = options.variant ?? engine.compare(scenario).best;
  if (variant === null) throw new UsageError("nothing fits, so none is the cheapest; write --variant paas");
  // No other command needs what writes it.
  const { workbook } = await import("../workbook/main.ts");
  const metrics = (names(options, "metrics") ?? []) as MetricId[];
  return { data: await workbook(scenario, { variant: variant as VariantId, metrics }) };
}

function compare(input: Input): Result {
  const comparison = engine.compare(input.scenario, variants(input.options));
  const some = names(input.options, "metrics");
  if (some !== undefined) return reduced(comparison, some);
  return {
    data: comparison,
    heading: comparison.verdict,
    table: {
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
    },
  };
}

type Row = Record<string, unknown>;

/** The comparison, with some of its numbers only. */
function reduced({ best, verdict, variants }: Comparison, asked: readonly string[]): Result {
  const { metrics } = engine.catalog();
  if (asked.length === 0) throw new UsageError("--metrics names nothing; moving-parts metrics lists what there is");
  const strange = asked.find((name) => !metrics.some(({ id }) => id === name));
  if (strange !== undefined) {
    throw new UsageError(`--metrics: "${strange}" is not known; moving-parts metrics lists those that are`);
  }
  const numbers = (outcome: Outcome) =>
    asked.map((name) => name.split(".").reduce<unknown>((at, key) => (at as Row)[key], outcome) as number);
  return {
    data: {
      best,
      verdict,
      variants: variants.map((outcome) => {
        const { variant, feasible } = outcome;
        return { variant, feasible, ...Object.fromEntries(numbers(outcome).map((number, at) => [asked[at], number])) };
      }),
    },
    heading: verdict,
    table: {
      columns: ["variant", ...asked, "fits"],
      rows: variants.map((outcome) => [
        outcome.label,
        ...numbers(outcome).map((number) => exact(number)),
        outcome.feasible ? "yes" : "no",
      ]),
    },
  };
}

function explain({ scenario, options }: Input): Result {
  const month = options.month === undefined ? {} : { month: number(options, "month") };
  const variant = needed(options, "variant", "leased-metal");
  const metric = needed(options, "metric", "totals.monthlyUsd");
  const derivation = engine.explain(scenario, { variant, metric, ...month });
  const facts = new Map(engine.facts().map((fact) => [`facts.${fact.id}`, fact]));
  return {
    data: derivation,
    table: {
      columns: ["step", "figure", "value", "unit", "from"],
      rows: derivation.steps.map((step, index) => {
        const fact = step.input === undefined ? undefined : facts.get(step.input);
        const source = fact ? `${step.input}; ${fact.source}, ${fact.date}` : step.input;
        const label = step.month === undefined ? step.label : `${step.label}, month ${step.month}`;
        return [String(index), label, exact(step.value), step.unit, source ?? ownFormula(derivation, step.formula!)];
      }),
    },
  };
}

/** A formula whose operands are the numbers of the other rows. */
function ownFormula(derivation: Derivation, formula: Formula): string {
  return formulaText(formula, (step) => `#${step} ${derivation.steps[step]?.label ?? ""}`.trim());
}

function validate(input: Input): Result {
  const problems = engine.validate(input.scenario);
  const valid = problems.length === 0;
  return {
    data: { valid, problems },
    failed: !valid,
    table: valid
      ? { columns: ["valid"], rows: [["nothing is wrong with this scenario"]] }
      : {
          columns: ["path", "problem", "remedy"],
          rows: problems.map((problem) => [problem.path, problem.message, problem.remedy]),
        },
  };
}
