#!/usr/bin/env node
/** The command line: results on standard output, errors on standard error, exit status 2 for bad input. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { MovingPartsError } from "../engine/api.ts";
import * as engine from "../engine/node.ts";
import { commands, type Input, type Result } from "./commands.ts";
import { type Format, isFormat, render, type Table } from "./output.ts";

const HELP = `moving-parts COMMAND [options]

What it costs, in money and in people, to run a company's software in nine ways.

Commands
  compare            all nine variants side by side
  explain            how one number comes to be: --variant NAME --metric NAME [--month N]
  presets            the ready scenarios
  facts              the prices and rates, with their sources
  schema             the JSON Schema of a scenario
  validate           what is wrong with a scenario

Which company
  --preset NAME      start from a ready scenario
  --scenario FILE    read a scenario from a JSON file (- for standard input)
  --set PATH=VALUE   change one number, as in --set workload.weeklyUsers=4000000 or =3e6..5e6; may be repeated

Output
  --format FORMAT    table (the default), json, csv or markdown
  --help, --version

Examples
  moving-parts compare --preset shermans-2011
  moving-parts compare --preset seed-startup --set team.developers=12 --format json
  moving-parts explain --preset seed-startup --variant paas --metric totals.monthlyUsd
`;

/** Bad input: exit status 2. */
class UsageError extends Error {}

const options = {
  preset: { type: "string" },
  scenario: { type: "string" },
  set: { type: "string", multiple: true },
  variant: { type: "string" },
  metric: { type: "string" },
  month: { type: "string" },
  format: { type: "string", default: "table" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

function main(args: string[]): void {
  const { values, positionals } = parse(args);
  if (values.version) {
    const { model, facts } = engine.version();
    print(`moving-parts ${model}, facts of ${facts.date} (${facts.hash})\n`);
    return;
  }
  const [name, ...more] = positionals;
  if (values.help || name === undefined) {
    print(HELP);
    if (!values.help) throw new UsageError("which command?");
    return;
  }
  const command = commands[name];
  if (!command) throw new UsageError(`there is no command "${name}"; known: ${Object.keys(commands).join(", ")}`);
  if (more.length > 0) throw new UsageError(`"${more[0]}" is one word too many`);
  if (!isFormat(values.format)) {
    throw new UsageError(`--format: "${values.format}" is not offered; write table, json, csv or markdown`);
  }
  const input: Input = {
    scenario: () => scenario(values),
    variant: values.variant,
    metric: values.metric,
    month: values.month,
  };
  const result: Result = command(input);
  print(text(result, values.format));
  if (result.failed) process.exitCode = 2;
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nmoving-parts --help lists the options`);
  }
}

/** The scenario that --preset, --scenario and --set make together. */
function scenario(values: { preset?: string; scenario?: string; set?: string[] }): engine.Scenario {
  const base: engine.Scenario = values.scenario === undefined ? {} : readScenario(values.scenario);
  if (values.preset !== undefined) base.preset = values.preset as engine.PresetId;
  const changes = values.set ?? [];
  if (changes.length === 0) return base;
  const pairs = changes.map((change) => {
    const at = change.indexOf("=");
    if (at < 1) throw new UsageError(`--set: "${change}" is not of the form PATH=VALUE`);
    return `&${encodeURIComponent(change.slice(0, at))}=${encodeURIComponent(change.slice(at + 1))}`;
  });
  // A link is the same list of paths and values: the engine reads and checks both in one place.
  return engine.fromLink(engine.toLink(base) + pairs.join(""));
}

function readScenario(file: string): engine.Scenario {
  let content: string;
  try {
    content = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UsageError(`--scenario: ${file} cannot be read: ${(error as Error).message}`);
  }
  if (content.trim() === "") throw new UsageError(`--scenario: ${file} is empty; write {} for a company of defaults`);
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new UsageError(`--scenario: ${file} is not JSON: ${(error as Error).message}`);
  }
}

function text(result: Result, format: Format): string {
  if (format === "json") return `${JSON.stringify(result.data, typedArrays, 2)}\n`;
  if (result.table) return render(result.table as Table, format, result.heading);
  return `${JSON.stringify(result.data, typedArrays, 2)}\n`;
}

/** Series as plain lists. */
function typedArrays(_: string, value: unknown): unknown {
  return value instanceof Float64Array ? Array.from(value) : value;
}

function print(output: string): void {
  process.stdout.write(output);
}

// A reader that closes the pipe early (head, less) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  main(process.argv.slice(2));
} catch (error) {
  const known = error instanceof UsageError || (error as MovingPartsError).name === "MovingPartsError";
  if (!known) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
