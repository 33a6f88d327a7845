/** Values of a scenario by their paths. */
import type { Scenario } from "./api.ts";

/** The keys of a path; a fact's id has dots of its own. */
function keysOf(path: string): string[] {
  return path.startsWith("facts.") ? ["facts", path.slice(6)] : path.split(".");
}

/** A copy of the scenario with one value set, or taken back to its default with `undefined`. */
export function changed(scenario: Scenario, path: string, value: unknown): Scenario {
  const copy = structuredClone(scenario) as Record<string, unknown>;
  const keys = keysOf(path);
  const last = keys.pop()!;
  let at = copy;
  for (const key of keys) {
    if (typeof at[key] !== "object" || at[key] === null) at[key] = {};
    at = at[key] as Record<string, unknown>;
  }
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy as Scenario;
}

/** What the scenario itself says at a path, without its preset. */
export function own(scenario: Scenario, path: string): unknown {
  return keysOf(path).reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], scenario);
}
