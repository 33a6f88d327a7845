/** The questions of the page that take longer than a frame, in the order in which their answers are wanted. */

import { winners } from "../engine/api.ts";
import type {
  Plan,
  Scenario,
  Sensitivity,
  SlopeStep,
  StackAdvice,
  Sweep,
  Uncertainty,
  VariantId,
} from "../engine/public.ts";
import { plan, refineUncertainty, sensitivity, slope, stack, sweep, uncertainty } from "../engine/questions.ts";
import { choices } from "./odds.ts";

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

/** What has been answered so far. */
export interface Answers {
  uncertainty?: Uncertainty;
  /** The same of the pinned scenario, from as many draws. */
  pinned?: Uncertainty;
  map?: Sweep;
  /** By path of a slider: who costs least at each place. */
  tracks?: Record<string, (VariantId | null)[]>;
  /** Nothing if fewer than two variants are a choice. */
  sensitivity?: Sensitivity | null;
  /** Whether nothing more is to come. */
  complete?: true;
  plan?: Plan;
  slope?: SlopeStep[];
  stack?: StackAdvice;
}

/** Draws of the last answer. */
const DRAWS = 4096;

/** Places of the map along its axes, and the draws of each: few, but the same at all places. */
const PLACES = { x: 31, y: 21 };
const DRAWS_OF_PLACE = 16;

/** Sliders whose tracks come before the other questions: those that stand first. */
const FIRST_TRACKS = 14;

/**
 * Answers one question after the other, and hands each answer over. It stops as soon as nobody wants it any more; between
 * the questions, and within the longest, others get their turn.
 */
export async function answer(
  { scenario, map, tracks, pinned, variants = [], wanted }: Asked,
  put: (answers: Answers) => void,
  signal: AbortSignal,
): Promise<void> {
  const turn = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  };
  const draws = refineUncertainty(scenario, { draws: DRAWS, variants, signal });
  let now = (await draws.next()).value as Uncertainty;
  put({ uncertainty: now });
  await turn();
  const done: NonNullable<Answers["tracks"]> = {};
  const colour = async (fields: Asked["tracks"]) => {
    for (const { path, values } of fields) {
      done[path] = winners(scenario, { path, values, variants, draws: DRAWS_OF_PLACE });
      await turn();
    }
    put({ tracks: { ...done } });
  };
  await colour(tracks.slice(0, FIRST_TRACKS));
  const isWanted = (name: keyof Answers) => wanted === undefined || wanted.includes(name);
  const give = async (name: keyof Answers, find: () => Answers) => {
    if (!isWanted(name)) return;
    put(find());
    await turn();
  };
  await give("map", () => {
    const [x, y] = [
      { path: map.x, steps: PLACES.x },
      { path: map.y, steps: PLACES.y },
    ];
    return { map: sweep(scenario, { x, y, variants, draws: DRAWS_OF_PLACE }) };
  });
  await give("plan", () => ({ plan: plan(scenario, { draws: 32 }) }));
  await give("slope", () => ({ slope: slope(scenario) }));
  await give("stack", () => ({ stack: stack(scenario) }));
  // The lead of what costs least in the mean over what comes next: where only one fits, or none, there is none.
  const lead = (rows: number): Answers => {
    const [first, second] = choices(now.variants);
    if (!first || !second) return { sensitivity: null };
    return { sensitivity: sensitivity(scenario, { draws: rows, between: [first.variant, second.variant] }) };
  };
  await give("sensitivity", () => lead(128));
  if (pinned) {
    put({ pinned: uncertainty(pinned, { draws: DRAWS, variants, worth: false }) });
    await turn();
  }
  for await (now of draws) put({ uncertainty: now });
  await give("plan", () => ({ plan: plan(scenario, { draws: 256 }) }));
  await give("sensitivity", () => lead(512));
  await colour(tracks.slice(FIRST_TRACKS));
  put({ complete: true });
}
