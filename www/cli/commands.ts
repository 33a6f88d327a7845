/** The commands: what each is for, which options it takes, and what it answers. */
import type { Derivation, Formula, MetricId, Scenario, Step, VariantId } from "../engine/api.ts";
import { formulaText } from "../engine/formula.ts";
import * as engine from "../engine/node.ts";
import { exact } from "../engine/words.ts";
import { whole } from "./company.ts";
import { compare } from "./compare.ts";
import { facts, inputs, metrics, parts, presets } from "./lists.ts";
import { uncertainty } from "./odds.ts";
import { names, needed, number, type OptionName, type Options, UsageError } from "./options.ts";
import { type Sheet, type Shown, TABLES } from "./output.ts";
import { breakEven, goalSeek, LIKELIEST, plan, sensitivity, slope, stack, sweep, winners } from "./questions.ts";

/** What a command may look at: the scenario, and the options by their names. */
export interface Input {
  scenario: Scenario;
  options: Options;
  /** The options that hold no value, as far as they are there. */
  switches: ReadonlySet<string>;
  /** What stands behind the command, if it takes a word. */
  word: string | undefined;
  format: string;
  /** Whether what is most of an answer and wanted by few is left out of its data. */
  brief: boolean;
  /** Tells whoever waits at a terminal how far it is. */
  progress: (text: string) => void;
}

/** What a command says: each form is made only if it is asked for. */
export interface Result {
  /** For `--format json`; of a file, its bytes. */
  data: unknown;
  /** Whether the data are words, and said as they are. */
  words?: boolean;
  /** For people. */
  shown?: () => Shown;
  /** For CSV. */
  plain?: () => Sheet;
  /** Whether the exit status tells of a failure. */
  failed?: boolean;
}

export interface Command {
  /** What it answers, in a line. */
  about: string;
  /** The options that say which company, if it answers about one. */
  company: readonly OptionName[];
  /** Its own options. */
  options: readonly OptionName[];
  /** The word that it may take, in capitals, and what that does. */
  word?: [name: string, about: string];
  /** The forms its answer can take, the usual one first. */
  formats: readonly string[];
  examples: readonly string[];
  run: (input: Input) => Result | Promise<Result>;
}

/** Of the company: one of these, or several. */
export const COMPANY = ["preset", "scenario", "link", "set", "lines"] as const satisfies OptionName[];

/** What is answered with a file is not answered in lines. */
const ONE_COMPANY = COMPANY.filter((name) => name !== "lines");

const DRAWN = ["draws", "seed"] as const;

/** A question about a company. */
function question(
  about: string,
  options: readonly OptionName[],
  run: Command["run"],
  examples: readonly string[],
): Command {
  return { about, company: COMPANY, options, formats: TABLES, examples, run };
}

/** A list that is the same for all; a word picks from it. */
function list(about: string, run: Command["run"], examples: readonly string[]): Command {
  const word = ["WORD", "only what has this word in it"] as [string, string];
  return { about, company: [], options: [], word, formats: TABLES, examples, run };
}

export const commands: Record<string, Command> = {
  compare: question("all nine variants side by side", ["variants", "metrics", "seed", "whole"], compare, [
    "--preset shermans-2011",
    "--preset seed-startup --set team.developers=12 --format json",
    "--scenario ours.json --variants paas,leased-metal",
    "--preset indie-saas --metrics totals.monthlyUsd,labour.hoursPerMonth --format csv",
  ]),
  uncertainty: question(
    "how sure that is: distributions, odds, regret, what is worth finding out",
    ["variants", ...DRAWN, "each-draw", "whole"],
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
  winners: question("who is cheapest at some values of a number", ["x", "variants", ...DRAWN], winners, [
    "--preset seed-startup --x workload.weeklyUsers=1e4,1e5,1e6",
    "--preset seed-startup --x workload.weeklyUsers=1e4..1e7/7 --format csv",
  ]),
  "break-even": question("where one variant becomes cheaper than another", ["a", "b", "x", "metric"], breakEven, [
    "--preset shermans-2011 --a paas --b leased-metal --x workload.weeklyUsers=1e5..1e8",
  ]),
  "goal-seek": question(
    "which value makes a figure what it should be",
    ["variant", "metric", "target", "x"],
    goalSeek,
    ["--preset seed-startup --variant paas --metric totals.monthlyUsd --target 9000 --x workload.weeklyUsers=1e4..1e7"],
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
  parts: question("the parts of one way, and what each costs the team", ["variant"], parts, [
    "--preset seed-startup --variant managed-kubernetes",
  ]),
  explain: question(
    "how one number comes to be, or several, down to inputs and facts with their sources",
    ["variant", "metric", "month"],
    explain,
    [
      "--preset seed-startup --variant paas --metric totals.monthlyUsd",
      "--preset seed-startup --variant cloud-vms --metric lines.compute,lines.storage --month 12",
    ],
  ),
  export: {
    about:
      "one variant as a spreadsheet that calculates, every figure a formula; the cheapest, with all its numbers, if none is named",
    company: ONE_COMPANY,
    options: ["variant", "metrics"],
    formats: ["xlsx"],
    examples: ["--preset seed-startup --variant paas --output paas.xlsx"],
    run: spreadsheet,
  },
  scenario: {
    about: "the scenario itself: as JSON, to start a file from, or as what stands behind # in a link to the page",
    company: COMPANY,
    options: [],
    formats: ["json", "link"],
    examples: [
      "--preset seed-startup --output ours.json",
      "--preset seed-startup --set team.developers=12 --format link",
    ],
    run: said,
  },
  presets: list("the ready scenarios", presets, ["", "startup"]),
  inputs: list("what can be said of a company: paths, limits, what holds if nothing is said, and meanings", inputs, [
    "--format csv",
    "team",
  ]),
  metrics: list("the numbers of an outcome, and what they mean", metrics, ["--format markdown", "downtime"]),
  facts: list("the prices and rates, with their sources", facts, ["kubernetes", "--format csv --output facts.csv"]),
  schema: {
    about: "the JSON Schema of a scenario",
    company: [],
    options: [],
    formats: ["json"],
    examples: [""],
    run: () => ({ data: engine.schema() }),
  },
  validate: question("what is wrong with a scenario", [], validate, ["--scenario ours.json"]),
};

async function spreadsheet({ scenario, options }: Input): Promise<Result> {
  const variant = options.variant ?? engine.compare(scenario).best;
  if (variant === null) throw new UsageError("nothing fits, so none is the cheapest; write --variant paas");
  // No other command needs what writes it.
  const { workbook } = await import("../workbook/main.ts");
  const metrics = (names(options, "metrics") ?? []) as MetricId[];
  return { data: await workbook(scenario, { variant: variant as VariantId, metrics }) };
}

function explain({ scenario, options }: Input): Result {
  const month = options.month === undefined ? {} : { month: number(options, "month") };
  const variant = needed(options, "variant", "leased-metal");
  needed(options, "metric", "totals.monthlyUsd");
  const metric = names(options, "metric")!;
  if (metric.length === 0) throw new UsageError("--metric names nothing; moving-parts metrics lists what there is");
  const derivation = engine.explain(scenario, { variant, metric, ...month });
  const facts = new Map(engine.facts().map((fact) => [`facts.${fact.id}`, fact]));
  const factOf = ({ input }: Step) => (input === undefined ? undefined : facts.get(input));
  const formula = (step: Step) => (step.formula ? ownFormula(derivation, step.formula) : "");
  return {
    data: derivation,
    shown: () => ({
      columns: ["step", "figure", "value", "unit", "from"],
      rows: derivation.steps.map((step, index) => {
        const fact = factOf(step);
        const source = fact ? `${step.input}; ${fact.source}, ${fact.date}` : step.input;
        const label = step.month === undefined ? step.label : `${step.label}, month ${step.month}`;
        return [String(index), label, exact(step.value), step.unit, source ?? formula(step)];
      }),
      note: LIKELIEST,
    }),
    plain: () => ({
      columns: ["step", "label", "month", "value", "unit", "input", "formula", "source", "date"],
      rows: derivation.steps.map((step, index) => {
        const fact = factOf(step);
        const { label, month, value, unit, input } = step;
        return [index, label, month, value, unit, input, formula(step), fact?.source, fact?.date];
      }),
    }),
  };
}

/** A formula whose operands are the numbers of the other rows. */
function ownFormula(derivation: Derivation, formula: Formula): string {
  return formulaText(formula, (step) => `#${step} ${derivation.steps[step]?.label ?? ""}`.trim());
}

/** The scenario itself: as a file begins, or as a link says it. */
function said({ scenario, format }: Input): Result {
  // Writing the link is what reads the scenario, and refuses one that is wrong.
  const link = engine.toLink(scenario);
  return format === "link" ? { data: link, words: true } : { data: whole(scenario) };
}

function validate(input: Input): Result {
  const problems = engine.validate(input.scenario);
  const valid = problems.length === 0;
  return {
    data: { valid, problems },
    failed: !valid,
    shown: () =>
      valid
        ? { columns: ["valid"], rows: [["nothing is wrong with this scenario"]] }
        : {
            columns: ["path", "problem", "remedy"],
            rows: problems.map((problem) => [problem.path, problem.message, problem.remedy]),
          },
    plain: () => ({
      columns: ["code", "path", "message", "remedy"],
      rows: problems.map(({ code, path, message, remedy }) => [code, path, message, remedy]),
    }),
  };
}
