/** What several questions are asked with, and answer with, and how what was asked is read. */

import type { MovingPartsError, Scenario, ScenarioPath } from "../api.ts";
import { core, number, problem, refused, written } from "../core.ts";
import { unknown } from "../nearest.ts";

/** The path of a number of the scenario, or of a fact: `workload.weeklyUsers`, `facts.aws.ec2.m7g.large`. */
export type NumberPath = ScenarioPath | `facts.${string}` | (string & {});

/** How many draws are made, and with which seed. */
export interface Draws {
  draws?: number;
  /** A whole number from 0 to 4294967295; the same seed gives the same answer, to the last bit. */
  seed?: number;
}

/** An estimate and its standard error. */
export interface Estimate {
  value: number;
  error: number;
}

/** A number that is believed and not known. */
export interface UncertainInput {
  path: string;
  label: string;
  unit: string;
}

/** How many draws a question makes if nothing is said. */
export const USUAL_DRAWS = { uncertainty: 4096, sensitivity: 512, sweep: 0, winners: 0, plan: 256 } as const;

/** The seed, if nothing is said. */
export const SEED = 1;

/** What a question may say. */
interface May {
  /** What it cannot be without, each with an example. */
  needs?: Readonly<Record<string, string>>;
  takes?: readonly string[];
  /** Where it stands in another one. */
  within?: string;
}

/**
 * A question as it was asked. What is undefined has not been said.
 * @throws {MovingPartsError} with every key that is missing or not known: what is not understood is never left out in silence.
 */
export function asked<Q extends object>(question: Q | undefined, { needs = {}, takes = [], within = "" }: May): Q {
  const said = question === undefined ? {} : question;
  const known = [...Object.keys(needs), ...takes];
  if (typeof said !== "object" || said === null || Array.isArray(said)) {
    const remedy = `write an object such as { ${known[0]}: … }; known: ${known.join(", ")}`;
    throw problem("notAnObject", within || "question", `${written(said)} is not an object`, remedy);
  }
  const values = said as Record<string, unknown>;
  const at = (key: string) => (within === "" ? key : `${within}.${key}`);
  const strange = Object.keys(values).filter((key) => values[key] !== undefined && !known.includes(key));
  const missing = Object.keys(needs).filter((key) => values[key] === undefined);
  const problems = [
    ...strange.map((key) => ({ ...unknown("unknownKey", at(key), key, known), message: "is not known" })),
    ...missing.map((key) => ({
      code: "missing",
      path: at(key),
      message: "is missing",
      remedy: `say it, such as ${needs[key]}`,
    })),
  ];
  if (problems.length > 0) throw refused(problems);
  return said as Q;
}

/** A name that a question was given; the core refuses one that it does not know. */
export function name(path: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw problem("notAName", path, `${written(value)} is not a name`, 'write a name, such as "paas"');
}

/**
 * Asks about numbers that are named by their paths. What is wrong with such a path is told at the key that holds it; the core
 * tells it at the path, where the scenario has nothing.
 * @param held The paths by their keys.
 */
export function along<T>(scenario: Scenario, held: Readonly<Record<string, string>>, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    const [told, ...more] = (error as MovingPartsError).problems ?? [];
    const entries = told === undefined ? [] : Object.entries(held);
    // A long path is told by its beginning.
    const [key, path] =
      entries.find(([, path]) => path === told!.path) ?? entries.find(([, path]) => path.startsWith(told!.path)) ?? [];
    // Where the scenario itself is wrong, that is what is told, and at its own paths.
    if (!told || more.length > 0 || key === undefined || core().validate(scenario).length > 0) throw error;
    throw problem(told.code, key, `${written(path)} ${told.message}`, told.remedy);
  }
}

/** Yes or no. */
export function flag(path: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw problem("notAFlag", path, `${written(value)} is neither true nor false`, "write true or false");
}

/** A list of names, as the core takes it; empty if nothing is said. */
export function list(path: string, names: unknown): string[] {
  if (names === undefined) return [];
  if (!Array.isArray(names))
    throw problem("notAList", path, `${written(names)} is not a list`, "write a list of names");
  return names.map((one, index) => name(`${path}[${index}]`, one));
}

/** A list of numbers, as the core takes it. */
export function numbers(path: string, values: unknown): Float64Array {
  if (!Array.isArray(values) && !(ArrayBuffer.isView(values) && Symbol.iterator in values)) {
    throw problem("notAList", path, `${written(values)} is not a list`, "write a list of numbers");
  }
  return Float64Array.from(values as Iterable<unknown>, (value, index) => number(`${path}[${index}]`, value));
}
