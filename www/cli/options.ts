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

/** Every option; which of them a command has stands with the command. */
export const OPTIONS = {
  preset: {
    value: "NAME",
    about: "start from a ready scenario",
    offers: () => engine.presets().map(({ id, company }) => [id, company]),
  },
  scenario: { value: "FILE", about: "read a scenario from a JSON file (- for standard input)", offers: "files" },
  set: {
    value: "PATH=VALUE",
    about: "change one number, as in workload.weeklyUsers=4000000 or =3e6..5e6; may be repeated",
    multiple: true,
    offers: () => fieldPaths().map(([path, label]) => [`${path}=`, label]),
  },
  lines: {
    value: "FILE",
    about: "a scenario on each line of a file (- for standard input), an answer as JSON on each line of the output",
    offers: "files",
  },
  variant: { value: "NAME", about: "of the nine ways, this one", offers: variantIds },
  variants: { value: "A,B", about: "only these of the nine ways", offers: variantIds },
  metric: { value: "NAME", about: "the number that is asked for", offers: metricIds },
  metrics: { value: "A,B", about: "only these numbers", offers: metricIds },
  month: { value: "N", about: "of this month alone, counted from 1" },
  x: { value: AXIS, about: "along this number, as in workload.weeklyUsers=1e4..1e7/25", offers: fieldPaths },
  y: { value: AXIS, about: "and along this one", offers: fieldPaths },
  a: { value: "NAME", about: "one of two ways", offers: variantIds },
  b: { value: "NAME", about: "the other", offers: variantIds },
  path: { value: "PATH", about: "the number that is varied", offers: fieldPaths },
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
  format: { value: "FORMAT", about: "table, json, csv or markdown" },
  output: { value: "FILE", about: "write to a file and not to standard output", offers: "files" },
  help: { about: "what can be asked, and how", short: "h" },
  version: { about: "of the model and of its facts" },
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

/** Names with commas between them. */
export function names(options: Options, name: OptionName): string[] | undefined {
  return options[name]?.split(",").filter((part) => part !== "");
}

/** Some of the nine ways, as far as they are said. The engine knows which there are. */
export function variants(options: Options): { variants?: VariantId[] } {
  const some = names(options, "variants");
  return some === undefined ? {} : { variants: some as VariantId[] };
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
export function axis(text: string, name: OptionName): { path: string; from?: number; to?: number; steps?: number } {
  const [path = "", rest, ...more] = text.split("=");
  if (rest === undefined) return { path };
  const [span = "", steps, ...parts] = rest.split("/");
  const found = more.length + parts.length === 0 ? ends(span, name) : undefined;
  if (!found) {
    throw new UsageError(`--${name}: "${text}" is no axis; write --${name} workload.weeklyUsers=1e4..1e7/25`);
  }
  return { path, ...found, ...(steps !== undefined && { steps: numeric(steps, `--${name}`) }) };
}
