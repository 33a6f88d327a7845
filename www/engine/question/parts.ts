/** The smallest stack that meets the needs, and the slope from it. */

import type { Part, Scenario, SlopeMetricId, VariantId, VariantName } from "../api.ts";
import { partAt } from "../byname.ts";
import { core } from "../core.ts";
import { asked, list, name } from "./asked.ts";

/** A set of parts that meets all needs. */
export interface AdvisedStack {
  /** Each part, with the need that it meets or the part that cannot be without it. */
  parts: { part: Part; meets: string | null; pulledInBy: Part | null }[];
  interfaces: number;
  newSkills: number;
  /** Upgrading the parts, upgrades that fail, and teaching new skills to those who join. */
  hoursPerMonth: number;
  usdPerMonth: number;
  /** Learning new skills, once. */
  learningHours: number;
}

/** The smallest sets of parts for some needs, of each home that software can have. */
export interface StackAdvice {
  /** The needs, and the field and value from which each follows. */
  needs: { need: string; because: [path: string, value: number] | null }[];
  /** Smallest first; empty if no set meets all needs at once. */
  stacks: AdvisedStack[];
}

/** A step down the slippery slope. */
export interface SlopeStep {
  label: string;
  variant: VariantId;
  added: Part[];
  dropped: Part[];
  /** Some numbers of the outcome, by their ids. */
  figures: Record<SlopeMetricId, number> & Record<string, number>;
  feasible: boolean;
}

/**
 * The smallest sets of parts that meet a company's needs: those named, or those that follow from its scenario.
 * @throws {MovingPartsError} if a need is not known.
 */
export function stack(scenario: Scenario, question: { needs?: readonly string[] } = {}): StackAdvice {
  type Row = Omit<AdvisedStack, "parts"> & {
    parts: { part: string; meets: string | null; pulledInBy: string | null }[];
  };
  const { needs: needed } = asked(question, { takes: ["needs"] });
  const [needs, stacks] = core().stack(scenario, list("needs", needed)) as [StackAdvice["needs"], Row[]];
  return {
    needs,
    stacks: stacks.map((row) => ({
      ...row,
      parts: row.parts.map(({ part, meets, pulledInBy }) => ({
        part: partAt(part),
        meets,
        pulledInBy: pulledInBy === null ? null : partAt(pulledInBy),
      })),
    })),
  };
}

/**
 * The slippery slope: the steps from a variant (where the company is, or virtual machines) to a cluster with its database
 * inside, and what each adds.
 * @throws {MovingPartsError} if there is no such variant.
 */
export function slope(scenario: Scenario, question: { start?: VariantName } = {}): SlopeStep[] {
  type Row = {
    label: string;
    variant: VariantId;
    added: string[];
    dropped: string[];
    numbers: number[];
    feasible: boolean;
  };
  const { start } = asked(question, { takes: ["start"] });
  const [told, steps] = core().slope(scenario, start === undefined ? undefined : name("start", start)) as [
    string[],
    Row[],
  ];
  return steps.map(({ label, variant, added, dropped, numbers, feasible }) => ({
    label,
    variant,
    added: added.map(partAt),
    dropped: dropped.map(partAt),
    figures: Object.fromEntries(told.map((id, index) => [id, numbers[index]!])) as SlopeStep["figures"],
    feasible,
  }));
}
