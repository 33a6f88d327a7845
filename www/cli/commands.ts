/** What each command answers: data for programs, and a table for people. */
import type { Derivation, Formula, Scenario } from "../engine/api.ts";
import { formulaText } from "../engine/formula.ts";
import * as engine from "../engine/node.ts";
import { duration, exact, hours, obstacle, short, usd } from "../engine/words.ts";
import { needed, number } from "./options.ts";
import type { Table } from "./output.ts";
import { questions } from "./questions.ts";

/** What a command may look at: the scenario, and the options by their names. */
export interface Input {
  scenario: Scenario;
  options: { readonly [name: string]: string | undefined };
  /** Tells whoever waits at a terminal how far it is. */
  progress: (text: string) => void;
}

/** What a command says. */
export interface Result {
  /** For `--format json`. */
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

export const commands: Record<string, (input: Input) => Result | Promise<Result>> = {
  compare,
  explain,
  ...questions,
  presets: () => ({
    data: engine.presets(),
    table: {
      columns: ["preset", "company", "where its inputs come from"],
      rows: engine.presets().map((preset) => [preset.id, preset.company, preset.origin]),
    },
  }),
  facts: () => ({
    data: engine.facts(),
    table: {
      columns: ["id", "p10", "p50", "p90", "unit", "date", "confidence", "source"],
      rows: engine
        .facts()
        .map((fact) => [
          fact.id,
          fact.p10,
          fact.p50,
          fact.p90,
          fact.unit,
          fact.date,
          fact.estimate ? `${fact.confidence}, estimate` : fact.confidence,
          fact.source,
        ]),
    },
  }),
  schema: () => ({ data: engine.schema() }),
  validate,
};

function compare(input: Input): Result {
  const comparison = engine.compare(input.scenario);
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
