#!/usr/bin/env node
/** The command line: results on standard output, errors and progress on standard error, exit status 2 for bad input. */
import { writeFileSync } from "node:fs";
import type { MovingPartsError, Scenario } from "../engine/api.ts";
import * as engine from "../engine/node.ts";
import type { Command, Input, Result } from "./commands.ts";
import { changed, company } from "./company.ts";
import { complete } from "./complete.ts";
import { helpOf, overview } from "./help.ts";
import { known, lines } from "./lines.ts";
import { type OptionName, type Options, UsageError } from "./options.ts";
import { csv, progress, render, type Screen, visible } from "./output.ts";
import { commandOf, instead, optionsOf, parse } from "./parse.ts";

const stdout = process.stdout;
/** The terminal, or the width that `COLUMNS` says; a pipe has neither width nor colours. */
const screen: Screen = {
  ...(widthOf() !== undefined && { width: widthOf()! }),
  // NO_COLOR, FORCE_COLOR and what the terminal can do are known to Node.
  colours: stdout.isTTY && stdout.hasColors(),
};

function widthOf(): number | undefined {
  const said = Number(process.env.COLUMNS);
  if (Number.isInteger(said) && said > 0) return said;
  // A terminal that nobody has given a size says 0.
  return stdout.columns > 0 ? stdout.columns : undefined;
}

async function main(args: string[]): Promise<void> {
  if (args[0] === "complete") {
    complete(args.slice(1));
    return;
  }
  const { values, positionals } = parse(args);
  if (values.version) {
    const { model, facts } = engine.version();
    print(`moving-parts ${model}, facts of ${facts.date} (${facts.hash})\n`);
    return;
  }
  // `help` and `help COMMAND` are what others call it.
  const helped = values.help || positionals[0] === "help";
  const [name, ...more] = positionals[0] === "help" ? positionals.slice(1) : positionals;
  if (name === undefined) {
    print(overview(screen));
    if (!helped) throw new UsageError("which command?");
    return;
  }
  const command = commandOf(name);
  if (helped) {
    print(helpOf(name, command, screen));
    return;
  }
  await answer(name, command, more, values);
}

type Values = ReturnType<typeof parse>["values"];

async function answer(name: string, command: Command, words: readonly string[], values: Values): Promise<void> {
  const [word, ...more] = command.word ? words : [undefined, ...words];
  if (more.length > 0) throw new UsageError(`"${more[0]}" is one word too many; see moving-parts ${name} --help`);
  const has = optionsOf(command);
  const { changes, options, switches } = sorted(name, has, values);
  const output = options.output === "-" ? undefined : options.output;
  const format = chosen(name, command, options, output);
  const brief = options.lines !== undefined && !switches.has("whole");
  const run = async (base: Scenario): Promise<Result> => {
    try {
      const scenario = changed(base, changes);
      return await command.run({ scenario, options, switches, word, format, brief, progress });
    } catch (error) {
      throw named(error, has, options);
    }
  };
  if (options.lines !== undefined) {
    const other = (["scenario", "link"] as const).find((option) => options[option] !== undefined);
    if (other !== undefined) throw new UsageError(`--lines and --${other}: give one of them`);
    await lines({ file: options.lines, preset: options.preset, output, answer: run });
    return;
  }
  const result = await run(company(options));
  progress("");
  const made = result.data instanceof Uint8Array ? result.data : text(result, format, output === undefined);
  if (output !== undefined) writeTo(output, made);
  else if (typeof made !== "string" && stdout.isTTY) {
    throw new UsageError(`--output is missing: a terminal cannot show a file; write --output ${name}.${format}`);
  } else stdout.write(made);
  if (result.failed) process.exitCode = 2;
}

/** The options by what they hold; one that the command does not have is refused. */
function sorted(name: string, has: readonly OptionName[], values: Values) {
  const strange = Object.keys(values).find((option) => !has.some((known) => known === option));
  if (strange !== undefined) {
    const remedy = instead(strange, has) ?? `moving-parts ${name} --help lists those that it has`;
    throw new UsageError(`${name} has no option --${strange}; ${remedy}`);
  }
  const { set: changes = [], ...said } = values;
  const options: Options = Object.fromEntries(
    Object.entries(said).flatMap(([option, value]) => (typeof value === "string" ? [[option, value]] : [])),
  );
  const switches = new Set(Object.keys(said).filter((option) => !Object.hasOwn(options, option)));
  return { changes, options, switches };
}

/** The form of the answer: as it is said, as the ending of the output's name says, or the usual one. */
function chosen(name: string, { formats }: Command, options: Options, output: string | undefined): string {
  if (options.lines !== undefined) {
    const { format } = options;
    if (format !== undefined && format !== "json") {
      throw new UsageError(`--format: "${format}" is not offered with --lines; its answers are always JSON`);
    }
    const ending = endingOf(output);
    if (format === undefined && ending !== undefined && !OF_LINES.includes(ending)) {
      throw new UsageError(
        `--output: with --lines "${output}" would have JSON on each line; end it in .jsonl, or write --format json`,
      );
    }
    return "json";
  }
  const said = options.format ?? endingOf(output);
  const format = said === undefined ? formats[0]! : (ENDINGS.get(said) ?? said);
  if (formats.includes(format)) return format;
  if (options.format === undefined && !ENDINGS.has(said ?? "")) {
    const known = Array.from(ENDINGS.keys()).filter((ending) => formats.includes(ENDINGS.get(ending)!));
    throw new UsageError(
      `--output: no format is known by the ending of "${output}"; end it in ${oneOf(known.map((ending) => `.${ending}`))}, or name one with --format`,
    );
  }
  const where = options.format === undefined ? "--output" : "--format";
  throw new UsageError(`${where}: "${format}" is not offered by ${name}; write ${oneOf(formats)}`);
}

/** The formats by the ending of a file's name. */
const ENDINGS = new Map([
  ["txt", "table"],
  ["json", "json"],
  ["csv", "csv"],
  ["md", "markdown"],
  ["xlsx", "xlsx"],
]);

/** The endings of a file that has JSON on each of its lines. */
const OF_LINES = ["jsonl", "ndjson", "json"];

function endingOf(file: string | undefined): string | undefined {
  return /\.(\w+)$/.exec(file ?? "")?.[1]?.toLowerCase();
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** The options that say what the engine calls by other names. */
const OTHERWISE: Record<string, OptionName> = {
  path: "x",
  from: "x",
  to: "x",
  values: "x",
  "between[0]": "a",
  "between[1]": "b",
};

/** What stands behind an option without a name of its own. */
const UNNAMED = ["path", "from", "to"];

/** An error of the engine, with the option that it is about where that was not a number of the scenario. */
function named(error: unknown, has: readonly OptionName[], options: Input["options"]): unknown {
  const { path, problems = [], message } = error as MovingPartsError;
  if (!known(error) || !path || problems.length > 1) return error;
  const [first = "", ...rest] = path.split(".");
  // Of a list, the message quotes what in it is wrong.
  const option = OTHERWISE[first] ?? (first.replace(/\[\d+\]$/, "") as OptionName);
  // A preset may be named in a file, too.
  if (!message.startsWith(path) || !has.includes(option) || (option === "preset" && options.preset === undefined))
    return error;
  const within = rest.join(".");
  const place = within === "" || UNNAMED.includes(within) ? "" : ` (${within})`;
  return Object.assign(error as Error, { message: message.replace(path, `--${option}${place}`) });
}

function writeTo(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new UsageError(`--output: ${file} cannot be written: ${(error as Error).message}`);
  }
}

function text({ data, words, shown, plain }: Result, format: string, onScreen: boolean): string {
  if (words) return `${data}\n`;
  if (format === "csv" && plain) return csv(plain());
  if (format === "json" || !shown) return `${JSON.stringify(data, null, 2)}\n`;
  return render(shown(), format, onScreen ? screen : { colours: false });
}

function print(output: string): void {
  stdout.write(output);
}

// A reader that closes the pipe early (head, less) is no error; whatever else is in the way is said.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`standard output cannot be written: ${error.message}\n`);
  process.exit(1);
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!known(error)) throw error;
  progress("");
  process.stderr.write(`${visible((error as Error).message)}\n`);
  // A failure of the engine is not the user's to mend.
  process.exitCode = (error as MovingPartsError).code === "engineFailed" ? 1 : 2;
}
