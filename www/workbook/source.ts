/** All that the workbook of a variant is made of: what the engine says, and nothing that is computed here. */
import {
  type Catalog,
  catalog,
  compare,
  type Derivation,
  explain,
  type Outcome,
  preset,
  ranges,
  type Scenario,
  toLink,
  type VariantName,
} from "../engine/api.ts";
import { allKnown } from "../engine/nearest.ts";

export interface Source {
  catalog: Catalog;
  scenario: Scenario;
  /** The preset that the scenario starts from, said in full; empty where it starts from none. */
  basis: Scenario;
  /** What the scenario says of every field. */
  ranges: ReturnType<typeof ranges>;
  link: string;
  outcome: Outcome;
  /** The figures, which are the first steps of the derivation. */
  metrics: readonly string[];
  derivation: Derivation;
}

/**
 * @param metrics The figures of the workbook; all of them where none is named.
 * @throws {MovingPartsError} if the scenario, the variant or a metric is wrong.
 */
export function source(scenario: Scenario, variant: VariantName, metrics: readonly string[] = []): Source {
  const known = catalog().metrics.map(({ id }): string => id);
  allKnown("unknownMetric", "metrics", metrics, known);
  const asked = metrics.length > 0 ? [...new Set(metrics)] : known;
  const derivation = explain(scenario, { variant, metric: asked });
  const [outcome] = compare(scenario, { variants: [variant] }).variants;
  return {
    catalog: catalog(),
    scenario,
    basis: scenario.preset === undefined ? {} : preset(scenario.preset),
    ranges: ranges(scenario),
    link: toLink(scenario),
    outcome: outcome!,
    metrics: asked,
    derivation,
  };
}
