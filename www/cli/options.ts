/** The options of the command line: what they are, and how they are read, with words for what is wrong. */
import type { VariantId } from "../engine/api.ts";
import * as engine from "../engine/node.ts";

/** Bad input: exit status 2. */
export class UsageError extends Error {}

export interface Option {
  /** What stands behind it, in words; nothing for a switch. */
  value?: string;
  about: string;
  /** Whether it may be repeated. */
  multiple?: boolean;
  short?: string;
  /** What a shell offers behind it: names with their meaning, or files. */
  offers?: (() => [value: string, meaning: string][]) | "files";
}

const variantIds = () => engine.catalog().variants.map(({ id, label }): [string, string] => [id, label]);
const metricIds = () => engine.catalog().metrics.map(({ id, label }): [string, string] => [id, label]);
const fieldPaths = () => engine.catalog().fields.map(({ path, label }): [string, string] => [path, label]);
const AXIS = "PATH[=FROM..TO[/STEPS]]";

/** Values along an axis, if nothing is said: as many as a table shows at once. */
export const STEPS = { x: 13, y: 7 } as const;

/** How many draws a question makes if nothing is said, and how many at most. */
export const DRAWS = {
  uncertainty: { usual: 4096, most: 65536 },
  sensitivity: { usual: 512, most: 8192 },
  sweep: { usual: 0, most: 65536 },
  winners: { usual: 0, most: 65536 },
  plan: { usual: 256, most: 4096 },
} as const;

/** Every option; which of them a command has stands with the command. */
export const OPTIONS = {
  preset: {
    value: "NAME",
    about: "start from a ready scenario",
    offers: () => engine.presets().map(({ id, company }) => [id, company]),
  },
  scenario: { value: "FILE", about: "read a scenario from a JSON file (- for standard input)", offers: "files" },
  link: { value: "LINK", about: "the company of a link: an address of the page, or what stands in it behind #" },
  set: {
    value: "PATH=VALUE",
    about:
      "change one number, as in workload.weeklyUsers=4000000, =3e6..5e6 (in eight of ten cases between these) or =1e4..1e5..1e6 (with the middle value); may be repeated",
    multiple: true,
    offers: () => fieldPaths().map(([path, label]) => [`${path}=`, label]),
  },
  lines: {
    value: "FILE",
    about: "a scenario on each line of a file (- for standard input), an answer as JSON on each line of the output",
    offers: "files",
  },
  whole: { about: "with --lines: months, parts and interfaces too, which are most of an answer" },
  "each-draw": { about: "in JSON: also the cost of every single draw, as monthlyUsd" },
  variant: { value: "NAME", about: "of the nine ways, this one", offers: variantIds },
  variants: { value: "A,B", about: "only these of the nine ways; all if none is named", offers: variantIds },
  metric: { value: "NAME", about: "the number that is asked for", offers: metricIds },
  metrics: { value: "A,B", about: "only these numbers", offers: metricIds },
  month: { value: "N", about: "of this month alone, counted from 1" },
  x: {
    value: AXIS,
    about: `along this number, as in workload.weeklyUsers=1e4..1e7/25; ${STEPS.x} values over its slider if nothing is said`,
    offers: fieldPaths,
  },
  y: { value: AXIS, about: `and along this one; ${STEPS.y} values if nothing is said`, offers: fieldPaths },
  a: { value: "NAME", about: "one of two ways", offers: variantIds },
  b: { value: "NAME", about: "the other", offers: variantIds },
  path: { value: "PATH", about: "the number that is varied", offers: fieldPaths },
  values: { value: "N,N", about: "the values that it takes, as in 1e4,1e5,1e6" },
  range: { value: "FROM..TO", about: "between these, as in 1e4..1e7" },
  target: { value: "N", about: "what the number that is asked for should be" },
  needs: {
    value: "A,B",
    about: "what the company needs, beside or instead of what its numbers say",
    offers: () => engine.needs().map(({ id, label }) => [id, label]),
  },
  start: { value: "NAME", about: "the way that it starts from", offers: variantIds },
  draws: { value: "N", about: "how many draws" },
  seed: { value: "N", about: "another sequence of draws; the same seed gives the same answer, to the last bit" },
  format: { value: "FORMAT", about: "table, json, csv or markdown; else as the ending of --output says" },
  output: { value: "FILE", about: "write to a file and not to standard output (-)", offers: "files" },
  help: { about: "what can be asked, and how", short: "h" },
  version: { about: "of the model and of its facts", short: "v" },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof OPTIONS;

/** The values of the options that hold one, by name. */
export type Options = { readonly [name in OptionName]?: string };

/** An option that the command cannot do without. */
export function needed(options: Options, name: OptionName, example: string): string {
  const value = options[name];
  if (value === undefined) throw new UsageError(`--${name} is missing; write --${name} ${example}`);
  return value;
}

/** A number as people write it: `4000000`, `4e6`. */
export function number(options: Options, name: OptionName): number {
  const text = options[name] ?? "";
  return numeric(text, `--${name}`);
}

function numeric(text: string, where: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) {
    throw new UsageError(`${where}: "${text}" is not a number; write one such as 4000000 or 4e6`);
  }
  return value;
}

/** A number that may be left out. */
export function optional<Name extends OptionName>(options: Options, name: Name): { [key in Name]?: number } {
  return options[name] === undefined ? {} : ({ [name]: number(options, name) } as { [key in Name]?: number });
}

/** Names with commas between them, blanks aside. */
export function names(options: Options, name: OptionName): string[] | undefined {
  return options[name]
    ?.split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Numbers with commas between them. */
export function numbers(options: Options, name: OptionName, example: string): number[] {
  const said = needed(options, name, example);
  if (/^[\s,]*$/.test(said)) throw new UsageError(`--${name} has no number in it; write --${name} ${example}`);
  const items = said.split(",");
  return items.map((item) => {
    const text = item.trim();
    if (text === "") throw new UsageError(`--${name} lacks a number between commas; write --${name} ${example}`);
    if (/^[+-]?0\d/.test(text)) {
      throw new UsageError(`--${name}: "${text}" begins with a zero; commas part numbers, so write 1000 and not 1,000`);
    }
    return numeric(text, `--${name}`);
  });
}

/** Some of the nine ways, as far as they are said; the engine knows which there are. None named is all. */
export function variants(options: Options): { variants?: VariantId[] } {
  const some = names(options, "variants") ?? [];
  return some.length === 0 ? {} : { variants: some as VariantId[] };
}

/** Draws and seed, as far as they are said. What is too many is refused here, as it was typed. */
export function draws(options: Options, question: keyof typeof DRAWS): { draws?: number; seed?: number } {
  const asked = { ...optional(options, "draws"), ...optional(options, "seed") };
  const { most } = DRAWS[question];
  if ((asked.draws ?? 0) > most) {
    throw new UsageError(`--draws: ${options.draws} draws are too many; ${question} makes at most ${most}`);
  }
  return asked;
}

/** The ends of a range, as in `1e4..1e7`. */
export function range(options: Options, name: OptionName, example: string): { from: number; to: number } {
  const text = needed(options, name, example);
  const found = ends(text, name);
  if (!found) throw new UsageError(`--${name}: "${text}" is not a range; write --${name} ${example}`);
  return found;
}

/** `FROM..TO`, if it is that. */
function ends(text: string, name: OptionName): { from: number; to: number } | undefined {
  const [from, to, ...more] = text.split("..");
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  return { from: numeric(from, `--${name}`), to: numeric(to, `--${name}`) };
}

/** An axis, as in `workload.weeklyUsers=1e4..1e7/25`; the ends and the steps may be left out. */
export function axis(text: string, name: "x" | "y"): { path: string; from?: number; to?: number; steps: number } {
  const [path = "", rest, ...more] = text.split("=");
  if (rest === undefined) return { path, steps: STEPS[name] };
  const [span = "", steps, ...parts] = rest.split("/");
  const found = more.length + parts.length === 0 ? ends(span, name) : undefined;
  if (!found) {
    throw new UsageError(`--${name}: "${text}" is no axis; write --${name} workload.weeklyUsers=1e4..1e7/25`);
  }
  return { path, ...found, steps: steps === undefined ? STEPS[name] : numeric(steps, `--${name}`) };
}
