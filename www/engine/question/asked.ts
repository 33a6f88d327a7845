/** What several questions are asked with, and answer with. */

import type { ScenarioPath } from "../api.ts";
import { problem } from "../core.ts";

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

/** The seed, if nothing is said. */
export const SEED = 1;

/** A list of names, as the core takes it. */
export function list(path: string, names: readonly unknown[] | undefined): string[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) throw problem("notAList", path, `${String(names)} is not a list`, "write a list of names");
  return names.map(String);
}
