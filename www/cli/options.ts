/** Options of the command line, read with words for what is wrong. */

/** Bad input: exit status 2. */
export class UsageError extends Error {}

type Options = { readonly [name: string]: string | undefined };

/** An option that the command cannot do without. */
export function needed(options: Options, name: string, example: string): string {
  const value = options[name];
  if (value === undefined) throw new UsageError(`--${name} is missing; write --${name} ${example}`);
  return value;
}

/** A number as people write it: `4000000`, `4e6`. */
export function number(options: Options, name: string): number {
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
export function optional<Name extends string>(options: Options, name: Name): { [key in Name]?: number } {
  return options[name] === undefined ? {} : ({ [name]: number(options, name) } as { [key in Name]?: number });
}

/** Names with commas between them. */
export function names(options: Options, name: string): string[] | undefined {
  return options[name]?.split(",").filter((part) => part !== "");
}

/** The ends of a range, as in `1e4..1e7`. */
export function range(options: Options, name: string, example: string): { from: number; to: number } {
  const text = needed(options, name, example);
  const [from, to, ...more] = text.split("..");
  if (from === undefined || to === undefined || more.length > 0) {
    throw new UsageError(`--${name}: "${text}" is not a range; write --${name} ${example}`);
  }
  return { from: numeric(from, `--${name}`), to: numeric(to, `--${name}`) };
}

/** An axis, as in `workload.weeklyUsers=1e4..1e7/25`; the ends and the steps may be left out. */
export function axis(text: string, name: string): { path: string; from?: number; to?: number; steps?: number } {
  const [path = "", rest] = text.split("=", 2);
  if (rest === undefined) return { path };
  const [ends = "", steps] = rest.split("/", 2);
  const [from, to] = ends.split("..", 2);
  if (from === undefined || to === undefined) {
    throw new UsageError(`--${name}: "${text}" is no axis; write --${name} workload.weeklyUsers=1e4..1e7/25`);
  }
  const where = `--${name}`;
  const laid = { path, from: numeric(from, where), to: numeric(to, where) };
  return steps === undefined ? laid : { ...laid, steps: numeric(steps, where) };
}
