import type { Outcome } from "./api.ts";

/** A number of an outcome, by its id: some lie deeper than in a group, as `labour.byKind.upgrades` does. */
export function metricOf(outcome: Outcome, id: string): number {
  return id.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], outcome) as number;
}
