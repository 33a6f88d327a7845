#!/usr/bin/env node
/** The command line: results on standard output, errors and progress on standard error, exit status 2 for bad input. */
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { MovingPartsError } from "../engine/api.ts";
import * as engine from "../engine/node.ts";
import { commands, type Input, type Result } from "./commands.ts";
import { UsageError } from "./options.ts";
import { type Format, isFormat, render, type Table } from "./output.ts";

const HELP = `moving-parts COMMAND [options]

What it costs, in money and in people, to run a company's software in nine ways.

Commands
  compare            all nine variants side by side
  uncertainty        how sure that is: distributions, odds, regret, what is worth finding out  [--draws N]
  sensitivity        what it hangs on: swings and Sobol indices  [--variant NAME, or --a NAME --b NAME] [--metric NAME]
                     [--draws N]
  sweep              along one number or two, who is cheapest where: --x AXIS [--y AXIS] [--metric NAME] [--variants A,B]
                     [--draws N: in the mean over draws of all else]
  break-even         where one variant becomes cheaper than another: --a NAME --b NAME --path PATH --range FROM..TO
  goal-seek          which value makes a figure what it should be: --variant NAME --metric NAME --target N --path PATH
                     --range FROM..TO
  plan               when to switch, all costs of switching included  [--draws N]
  stack              the smallest sets of parts that meet the company's needs  [--needs A,B]
  slope              the slippery slope, step by step  [--start NAME]
  explain            how one number comes to be: --variant NAME --metric NAME [--month N]
  presets            the ready scenarios
  facts              the prices and rates, with their sources
  schema             the JSON Schema of a scenario
  validate           what is wrong with a scenario

Which company
  --preset NAME      start from a ready scenario
  --scenario FILE    read a scenario from a JSON file (- for standard input)
  --set PATH=VALUE   change one number, as in --set workload.weeklyUsers=4000000 or =3e6..5e6; may be repeated
  --lines FILE       a scenario on each line of a file (- for standard input); an answer as JSON on each line of the output

Of the questions
  AXIS               PATH, or PATH=FROM..TO, or PATH=FROM..TO/STEPS, as in workload.weeklyUsers=1e4..1e7/25
  --seed N           another sequence of draws; the same seed gives the same answer, to the last bit

Output
  --format FORMAT    table (the default), json, csv or markdown
  --help, --version

Examples
  moving-parts compare --preset shermans-2011
  moving-parts compare --preset seed-startup --set team.developers=12 --format json
  moving-parts explain --preset seed-startup --variant paas --metric totals.monthlyUsd
  moving-parts uncertainty --preset seed-startup --set workload.weeklyUsers=1e4..1e6 --draws 10000
  moving-parts sweep --preset shermans-2011 --x workload.weeklyUsers=1e5..1e8/13
  moving-parts break-even --preset shermans-2011 --a paas --b leased-metal --path workload.weeklyUsers --range 1e5..1e8
  moving-parts plan --preset seed-startup --set finance.horizonMonths=60
`;

const options = {
  preset: { type: "string" },
  scenario: { type: "string" },
  set: { type: "string", multiple: true },
  lines: { type: "string" },
  variant: { type: "string" },
  variants: { type: "string" },
  metric: { type: "string" },
  month: { type: "string" },
  x: { type: "string" },
  y: { type: "string" },
  a: { type: "string" },
  b: { type: "string" },
  path: { type: "string" },
  range: { type: "string" },
  target: { type: "string" },
  needs: { type: "string" },
  start: { type: "string" },
  draws: { type: "string" },
  seed: { type: "string" },
  format: { type: "string", default: "table" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

async function main(args: string[]): Promise<void> {
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
  const { set: changes = [], help: _, version: __, ...rest } = values;
  const ask = (base: engine.Scenario): Input => ({ scenario: changed(base, changes), options: rest, progress });
  if (values.lines !== undefined) {
    if (values.scenario !== undefined) throw new UsageError("--lines and --scenario: give one of them");
    if (values.format !== "json" && values.format !== options.format.default) {
      throw new UsageError(`--format: "${values.format}" is not offered with --lines; its answers are always JSON`);
    }
    await lines(values.lines, values.preset, async (scenario) => (await command(ask(scenario))).data);
    return;
  }
  const base = values.scenario === undefined ? {} : readScenario(values.scenario);
  const result = await command(ask(withPreset(base, values.preset)));
  progress("");
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

/** Says on a terminal, and only there, how far it is; the next words take the place of the last. */
function progress(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words}`);
}

/** A question on every line, an answer on every line, in the same order; no more than one line is held at a time. */
async function lines(
  file: string,
  preset: string | undefined,
  answer: (scenario: engine.Scenario) => Promise<unknown>,
): Promise<void> {
  const source = file === "-" ? process.stdin : createReadStream(file);
  const failed = new Promise<never>((_, reject) => {
    source.on("error", (error: Error) => reject(new UsageError(`--lines: ${file} cannot be read: ${error.message}`)));
  });
  const each = async () => {
    let number = 0;
    for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (line.trim() === "") continue;
      let said: unknown;
      try {
        said = await answer(withPreset(json(line, `line ${number}`), preset));
      } catch (error) {
        if (!known(error)) throw error;
        const { message, code = "unreadable", path = "", problems = [] } = error as MovingPartsError;
        said = { error: { line: number, code, path, message, problems } };
        process.exitCode = 2;
      }
      // A reader that is slower than this program is waited for.
      if (!process.stdout.write(`${JSON.stringify(said, typedArrays)}\n`)) {
        await new Promise((resolve) => process.stdout.once("drain", resolve));
      }
      if (number % 100 === 0) progress(`${number} lines`);
    }
    progress("");
  };
  await Promise.race([each(), failed]);
}

function withPreset(base: engine.Scenario, preset: string | undefined): engine.Scenario {
  return preset === undefined ? base : { ...base, preset: preset as engine.PresetId };
}

/** The scenario with the changes of --set. */
function changed(base: engine.Scenario, changes: readonly string[]): engine.Scenario {
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
  return json(content, `--scenario: ${file}`);
}

function json(content: string, where: string): engine.Scenario {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${(error as Error).message}`);
  }
}

function text(result: Result, format: Format): string {
  if (format === "json" || !result.table) return `${JSON.stringify(result.data, typedArrays, 2)}\n`;
  const note = result.note !== undefined && format !== "csv" ? `\n${result.note}\n` : "";
  return render(result.table as Table, format, result.heading) + note;
}

/** Series as plain lists. */
function typedArrays(_: string, value: unknown): unknown {
  return value instanceof Float64Array || value instanceof Uint8Array ? Array.from(value) : value;
}

function print(output: string): void {
  process.stdout.write(output);
}

/** Whether an error is the user's to mend. */
function known(error: unknown): boolean {
  return error instanceof UsageError || (error as MovingPartsError).name === "MovingPartsError";
}

// A reader that closes the pipe early (head, less) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!known(error)) throw error;
  progress("");
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
