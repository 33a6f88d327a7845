/** The lists of a scenario that say how its load changes: phases of growth, steps, and services that grow by factors of their own. */

import type { Field, ListPath, Scenario } from "#engine";
import { fieldAt } from "../engine/byname.ts";
import { basis } from "./presets.ts";
import type { Range } from "./values.ts";

/** A list of a scenario, and the numbers of its items. */
type Listed<Path = ListPath> = Path extends `${infer List}[].${string}`
  ? { label: string; path: List; keys: readonly KeyOf<List>[] }
  : never;
type KeyOf<List extends string, Path = ListPath> = Path extends `${List}[].${infer Key}` ? Key : never;

/** What each is called, where it stands, and the numbers of an item. */
export const LISTS = {
  phases: { label: "growth", path: "workload.growth.phases", keys: ["months", "monthlyGrowth"] },
  steps: { label: "steps of the load", path: "workload.growth.steps", keys: ["month", "factor"] },
  services: { label: "growth by service", path: "services.growthByService", keys: ["services", "factor"] },
} as const satisfies Record<string, Listed>;
export type List = keyof typeof LISTS;
export type Item = Record<string, unknown>;

/** What a scenario says in each of the lists, its preset's word where it says nothing itself. */
export function listsOf(scenario: Scenario): Record<List, Item[]> {
  const base = basis(scenario);
  const { phases, steps } = { ...base.workload?.growth, ...scenario.workload?.growth };
  const byService = scenario.services?.growthByService ?? base.services?.growthByService;
  return {
    phases: (phases ?? []) as Item[],
    steps: (steps ?? []) as Item[],
    services: (byService ?? []) as Item[],
  };
}

export function fieldOf(list: List, key: string): Field {
  return fieldAt(`${LISTS[list].path}[].${key}`);
}

/** A number that is sure may be written as a number or as a range. */
export function rangeOf(value: unknown): Range {
  return typeof value === "number" ? { p10: value, p50: value, p90: value } : (value as Range);
}
