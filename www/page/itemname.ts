/** What an input of a list is called where the list has several items: each has the same label. */

import type { Scenario } from "#engine";
import { LISTS, type List, listsOf, rangeOf } from "./lists.ts";

/** A label by which an input is told from the same one of another phase, step or service. */
export function itemName(scenario: Scenario, { path, label }: { path: string; label: string }): string {
  const all = listsOf(scenario);
  const lists = Object.keys(LISTS) as List[];
  const list = lists.find((list) => path.startsWith(`${LISTS[list].path}.`));
  if (!list || all[list].length < 2) return label;
  const [at, key] = path.slice(LISTS[list].path.length + 1).split(".") as [string, string];
  const index = Number(at);
  if (list !== "phases" || key !== "monthlyGrowth") return `${label}, number ${index + 1}`;
  const lengths = all.phases.slice(0, index + 1).map(({ months }) => rangeOf(months).p50);
  const end = lengths.reduce((sum, months) => sum + months, 0);
  return `Growth in months ${end - (lengths[index] ?? 0) + 1}–${end}`;
}
