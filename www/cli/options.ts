/** The options of the command line: what they are, and how they are read, with words for what is wrong. */
import type { VariantId } from "../engine/api.ts";
import { MOST_DRAWS } from "../engine/generated.ts";
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
const ALONG = "workload.weeklyUsers=1e4..1e7";

/** Values along an axis, if nothing is said: as many as a table shows at once. */
export const STEPS = { x: 13, y: 7 } as const;

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

/** What stands behind `--x` where it is something else than what a sweep takes. */
const SPAN = { value: "PATH=FROM..TO", about: `along this number, between these, as in ${ALONG}` };
const X: Record<string, { value: string; about: string }> = {
  winners: {
    value: `${AXIS} or PATH=N,N`,
    about: `along this number, spaced as by sweep, as in ${ALONG}/4, or at these values, as in workload.weeklyUsers=1e4,1e5,1e6`,
  },
  "break-even": SPAN,
  "goal-seek": SPAN,
};

/** An option as a command takes it. */
export function optionOf(name: OptionName, command: string | undefined): Option {
  const own = name === "x" && command !== undefined ? X[command] : undefined;
  return { ...OPTIONS[name], ...own };
}

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
  if (text.trim() !== "" && !Number.isNaN(value)) return value;
  const { message, remedy } = misread(text) ?? {
    message: `"${text}" is not a number`,
    remedy: "write one such as 4000000 or 4e6",
  };
  throw new UsageError(`${where}: ${message}; ${remedy}`);
}

/** Digits in groups of three, as people write them and programs do not. */
const GROUPED = /^\s*[+-]?\d{1,3}(,\d{3})+(\.\d+)?\s*$/;

/** What is wrong with a number or a range that is written as people write it, wherever on the line it stands. */
export function misread(text: string): { message: string; remedy: string } | undefined {
  const parts = text.split("..");
  if (parts.some((part) => GROUPED.test(part))) {
    return { message: `"${text}" is not a number`, remedy: `write ${text.replaceAll(",", "")}, without commas` };
  }
  const rising = parts.toSorted((one, other) => Number(one) - Number(other));
  if (parts.some((part) => part.trim() === "" || Number.isNaN(Number(part))) || rising.join() === parts.join()) {
    return undefined;
  }
  return { message: `"${text}" is upside down`, remedy: `write ${rising.join("..")}` };
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

/** Some of the nine ways, as far as they are said; the engine knows which there are. None named is all. */
export function variants(options: Options): { variants?: VariantId[] } {
  const some = names(options, "variants") ?? [];
  return some.length === 0 ? {} : { variants: some as VariantId[] };
}

/** Draws and seed, as far as they are said. What is too many is refused here, as it was typed. */
export function draws(options: Options, question: keyof typeof MOST_DRAWS): { draws?: number; seed?: number } {
  const asked = { ...optional(options, "draws"), ...optional(options, "seed") };
  const most = MOST_DRAWS[question];
  if ((asked.draws ?? 0) > most) {
    throw new UsageError(`--draws: ${options.draws} draws are too many; ${question} makes at most ${most}`);
  }
  return asked;
}

/** What stands behind `--x` or `--y`: a path, and its values as they were typed, if any were. */
function along(options: Options, name: "x" | "y", example: string): { path: string; values: string | undefined } {
  const text = needed(options, name, example);
  const at = text.indexOf("=");
  const path = at < 0 ? text : text.slice(0, at);
  if (path.trim() === "") throw new UsageError(`--${name}: "${text}" names no number; write --${name} ${example}`);
  return { path, values: at < 0 ? undefined : text.slice(at + 1) };
}

/** `FROM..TO`, if it is that. */
function ends(text: string, name: "x" | "y"): { from: number; to: number } | undefined {
  const [from, to, ...more] = text.split("..");
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  const found = { from: numeric(from, `--${name}`), to: numeric(to, `--${name}`) };
  const wrong = misread(text);
  if (wrong) throw new UsageError(`--${name}: ${wrong.message}; ${wrong.remedy}`);
  return found;
}

/** A number and the two values between which it goes, as in `workload.weeklyUsers=1e4..1e7`. */
export function span(options: Options): { path: string; from: number; to: number } {
  const { path, values } = along(options, "x", ALONG);
  const found = values === undefined || values.includes("/") ? undefined : ends(values, "x");
  if (!found) throw new UsageError(`--x: "${options.x}" is no range of a number; write --x ${ALONG}`);
  return { path, ...found };
}

/** An axis as a sweep takes it. */
export interface TypedAxis {
  path: string;
  from?: number;
  to?: number;
  steps: number;
}

/** An axis, as in `workload.weeklyUsers=1e4..1e7/25`; the ends and the steps may be left out. */
export function axis(options: Options, name: "x" | "y"): TypedAxis {
  const example = `${ALONG}/25`;
  const { path, values } = along(options, name, example);
  if (values === undefined) return { path, steps: STEPS[name] };
  const [stretch = "", steps, ...more] = values.split("/");
  const found = more.length === 0 && !values.includes("=") ? ends(stretch, name) : undefined;
  if (!found) throw new UsageError(`--${name}: "${options[name]}" is no axis; write --${name} ${example}`);
  return { path, ...found, steps: steps === undefined ? STEPS[name] : numeric(steps, `--${name}`) };
}

/** A number and the values that it takes: an axis, or a list as in `workload.weeklyUsers=1e4,1e5,1e6`. */
export function places(options: Options): TypedAxis | { path: string; values: number[] } {
  const { path, values } = along(options, "x", "workload.weeklyUsers=1e4,1e5,1e6");
  if (values === undefined || values.includes("..")) return axis(options, "x");
  return { path, values: listed(values, path) };
}

/** Numbers with commas between them. */
function listed(text: string, path: string): number[] {
  const parts = text.split(",").map((part) => part.trim());
  // Three digits in front too are taken for a list: 100,200,300.
  if (GROUPED.test(text) && !parts.some(isRest) && parts[0]?.length !== 3) {
    const one = text.trim().replaceAll(",", "");
    const several = `--x "${path}=${parts.join(", ")}"`;
    throw new UsageError(
      `--x: "${text.trim()}" is one number or ${parts.length}; write ${one}, or with blanks if it is ${parts.length}: ${several}`,
    );
  }
  return parts.map((part, at) => {
    if (part === "")
      throw new UsageError(`--x: "${text}" lacks a number; write numbers with commas, as in 1e4,1e5,1e6`);
    // What a comma parts into a number and zeros is one number, and would be taken for two.
    return numeric(isRest(part) && at > 0 ? `${parts[at - 1]},${part}` : part, "--x");
  });
}

/** Whether no number begins like this: it is what stands behind the comma of one. */
function isRest(part: string): boolean {
  return /^0\d/.test(part);
}
