#!/usr/bin/env node
/** The command line: results on standard output, errors and progress on standard error, exit status 2 for bad input. */
import { once } from "node:events";
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { MovingPartsError } from "../engine/api.ts";
import * as engine from "../engine/node.ts";
import { COMPANY, commands, type Input, type Result } from "./commands.ts";
import { complete } from "./complete.ts";
import { helpOf, overview } from "./help.ts";
import { OPTIONS, type Option, type OptionName, UsageError } from "./options.ts";
import { render, type Screen } from "./output.ts";

const stdout = process.stdout;
/** The terminal, or the width that `COLUMNS` says; a pipe has neither width nor colours. */
const screen: Screen = {
  ...(widthOf() !== undefined && { width: widthOf()! }),
  // NO_COLOR, FORCE_COLOR and what the terminal can do are known to Node.
  colours: stdout.isTTY && stdout.hasColors(),
};

function widthOf(): number | undefined {
  const said = Number(process.env.COLUMNS);
  return Number.isInteger(said) && said > 0 ? said : stdout.columns;
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
  const [name, ...more] = positionals;
  if (name === undefined) {
    print(overview(screen));
    if (!values.help) throw new UsageError("which command?");
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name]! : undefined;
  if (!command) throw new UsageError(`there is no command "${name}"; known: ${Object.keys(commands).join(", ")}`);
  if (values.help) {
    print(helpOf(name, command, screen));
    return;
  }
  if (more.length > 0) throw new UsageError(`"${more[0]}" is one word too many; see moving-parts ${name} --help`);
  const { set: changes = [], help: _, version: __, ...rest } = values;
  const known: readonly string[] = [...command.options, ...(command.company ? COMPANY : []), "format", "output"];
  const strange = Object.keys(values).find((option) => !known.includes(option));
  if (strange !== undefined) {
    throw new UsageError(`${name} has no option --${strange}; moving-parts ${name} --help lists those that it has`);
  }
  const format = values.format ?? command.formats[0]!;
  if (!command.formats.includes(format)) {
    throw new UsageError(`--format: "${format}" is not offered by ${name}; write ${oneOf(command.formats)}`);
  }
  const ask = (base: engine.Scenario): Input => ({ scenario: changed(base, changes), options: rest, progress });
  if (values.lines !== undefined) {
    if (values.scenario !== undefined) throw new UsageError("--lines and --scenario: give one of them");
    if (values.format !== undefined && values.format !== "json") {
      throw new UsageError(`--format: "${values.format}" is not offered with --lines; its answers are always JSON`);
    }
    if (!command.formats.includes("json"))
      throw new UsageError(`--lines: ${name} answers with a file, and not in lines`);
    await lines(values.lines, values.preset, values.output, async (scenario) => command.run(ask(scenario)));
    return;
  }
  const base = values.scenario === undefined ? {} : readScenario(values.scenario);
  const result = await command.run(ask(withPreset(base, values.preset)));
  progress("");
  const said = result.data instanceof Uint8Array ? result.data : text(result, format, values.output === undefined);
  if (values.output !== undefined) writeTo(values.output, said);
  else if (typeof said !== "string" && stdout.isTTY) {
    throw new UsageError(`--output is missing: a terminal cannot show a file; write --output ${name}.${format}`);
  } else stdout.write(said);
  if (result.failed) process.exitCode = 2;
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

function parse(args: string[]) {
  const options = Object.fromEntries(
    Object.entries<Option>(OPTIONS).map(([name, { value, multiple, short }]) => [
      name,
      { type: value === undefined ? "boolean" : "string", ...(multiple && { multiple }), ...(short && { short }) },
    ]),
  ) as { [name in OptionName]: { type: "string" } } & {
    set: { type: "string"; multiple: true };
    help: { type: "boolean" };
    version: { type: "boolean" };
  };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const command = args.find((word) => Object.hasOwn(commands, word));
    const help = `moving-parts ${command === undefined ? "" : `${command} `}--help`;
    const unknown = code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" ? /'(-[^']*)'/.exec(message)?.[1] : undefined;
    if (unknown !== undefined)
      throw new UsageError(`there is no option ${unknown}; ${help} lists those that there are`);
    throw new UsageError(`${message}\n${help} lists the options`);
  }
}

function writeTo(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new UsageError(`--output: ${file} cannot be written: ${(error as Error).message}`);
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
  output: string | undefined,
  answer: (scenario: engine.Scenario) => Promise<Result>,
): Promise<void> {
  const source = file === "-" ? process.stdin : createReadStream(file);
  const sink = output === undefined ? stdout : createWriteStream(output);
  const failed = new Promise<never>((_, reject) => {
    source.on("error", (error: Error) => reject(new UsageError(`--lines: ${file} cannot be read: ${error.message}`)));
    if (sink !== stdout) {
      sink.on("error", (error: Error) =>
        reject(new UsageError(`--output: ${output} cannot be written: ${error.message}`)),
      );
    }
  });
  const each = async () => {
    let number = 0;
    for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (line.trim() === "") continue;
      let said: unknown;
      try {
        const { data, failed } = await answer(withPreset(json(line, `line ${number}`), preset));
        said = data;
        if (failed) process.exitCode = 2;
      } catch (error) {
        if (!known(error)) throw error;
        const { message, code = "unreadable", path = "", problems = [] } = error as MovingPartsError;
        said = { error: { line: number, code, path, message, problems } };
        process.exitCode = 2;
      }
      // A reader that is slower than this program is waited for.
      if (!sink.write(`${JSON.stringify(said, typedArrays)}\n`)) {
        await once(sink, "drain");
      }
      if (number % 100 === 0) progress(`${number} lines`);
    }
    progress("");
    if (sink !== stdout) sink.end();
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

function text({ data, table, heading, note }: Result, format: string, onScreen: boolean): string {
  if (format === "json" || !table) return `${JSON.stringify(data, typedArrays, 2)}\n`;
  return render({ table, heading, note }, format, onScreen ? screen : { colours: false });
}

/** Series as plain lists. */
function typedArrays(_: string, value: unknown): unknown {
  return value instanceof Float64Array || value instanceof Uint8Array ? Array.from(value) : value;
}

function print(output: string): void {
  stdout.write(output);
}

/** Whether an error is the user's to mend. */
function known(error: unknown): boolean {
  return error instanceof UsageError || (error as MovingPartsError).name === "MovingPartsError";
}

// A reader that closes the pipe early (head, less) is no error.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!known(error)) throw error;
  progress("");
  process.stderr.write(`${(error as Error).message}\n`);
  // A failure of the engine is not the user's to mend.
  process.exitCode = (error as MovingPartsError).code === "engineFailed" ? 1 : 2;
}
