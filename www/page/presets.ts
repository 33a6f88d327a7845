/** The presets as they are, asked of the engine once: with every step of a thumb the page holds its numbers against them. */

import { preset, presets, type Scenario } from "#engine";

const scenarios = new Map<string, Scenario>();
const companies = new Map<string, Scenario>();

/** What is said of a scenario's preset; nothing where it has none. */
export function presetOf({ preset: id }: Scenario): ReturnType<typeof presets>[number] | undefined {
  return presets().find((one) => one.id === id);
}

/** The scenario that a preset stands for; an empty one where none is named. */
export function basis({ preset: id }: Scenario): Scenario {
  return once(scenarios, id ?? "", () => (id === undefined ? {} : preset(id)));
}

/** The company of a scenario before anything of its own is changed; it says nothing itself but its preset. */
export function untouched({ preset: id }: Scenario): Scenario {
  return once(companies, id ?? "", () => (id === undefined ? {} : { preset: id }));
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
