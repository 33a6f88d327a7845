/** The questions of the page that take longer than a frame: what is asked of a scenario, and what is answered. */

import { catalog } from "../engine/api.ts";
import { fieldAt } from "../engine/byname.ts";
import type { Plan, Scenario, Sensitivity, SlopeStep, Sweep, Uncertainty, VariantId } from "../engine/public.ts";
import type { Along } from "./borders.ts";
import type { Housed } from "./homes.ts";
import { rangesOf } from "./said.ts";
import type { Stretch } from "./stretches.ts";
import type { Way } from "./ways.ts";

/** What is asked of a scenario. */
export interface Asked {
  scenario: Scenario;
  /** Paths of the axes of the map. */
  map: { x: string; y: string };
  /** The sliders whose tracks are wanted: the values at the places of each. */
  tracks: { path: string; values: number[] }[];
  /** The scenario that all is held against. */
  pinned?: Scenario;
  /** The variants that there are to choose from; all, if none is named. */
  variants?: VariantId[];
  /** The answers that are wanted beside the uncertainty; all, if nothing is said. */
  wanted?: (keyof Answers)[];
}

/** Draws, by how many there are and from which seed. */
export interface Few {
  draws: number;
  seed: number;
}

/** What has been answered so far. */
export interface Answers {
  uncertainty?: Uncertainty;
  /** What all say of the pinned scenario. */
  pinned?: Uncertainty;
  map?: Sweep;
  /** By path of a slider: who costs least along it. */
  tracks?: Record<string, Stretch[]>;
  /** Nothing if fewer than two variants are a choice. */
  sensitivity?: Sensitivity | null;
  /** By the path of an input that the sentence or the map tells of: the borders along it that all draws confirm. */
  borders?: Record<string, Along>;
  /** Whether nothing more is to come. */
  complete?: true;
  plan?: Plan;
  /** What staying where the company is costs over the horizon, over the same draws as the plan; nothing where nothing runs. */
  staying?: number | null;
  /** What would let those variants fit that are no choice. */
  ways?: Way[];
  slope?: SlopeStep[];
  homes?: Housed;
}

/** Draws of the last plan. */
export const PLANNED = 256;

/** The input of which the sentence names a border. */
export const AUDIENCE = "workload.weeklyUsers";

/** What runs today, if anything does. */
export function currently(scenario: Scenario): VariantId | undefined {
  const { path, options } = fieldAt("current.variant");
  const name = options![rangesOf(scenario)[path]!.p50]!;
  return catalog().variants.find(({ id }) => id === name)?.id;
}
