/** The questions of the page that take longer than a frame, in the order in which their answers are wanted. */
import type { Plan, Scenario, Sensitivity, SlopeStep, StackAdvice, Sweep, Uncertainty } from "../engine/public.ts";
import { plan, refineUncertainty, sensitivity, slope, stack, sweep } from "../engine/questions.ts";

/** What is asked of a scenario. */
export interface Asked {
  scenario: Scenario;
  /** Paths of the axes of the map. */
  map: { x: string; y: string };
}

/** What has been answered so far. */
export interface Answers {
  uncertainty?: Uncertainty;
  map?: Sweep;
  sensitivity?: Sensitivity;
  /** Whether nothing more is to come. */
  complete?: true;
  plan?: Plan;
  slope?: SlopeStep[];
  stack?: StackAdvice;
}

/** Draws of the last answer; the first one comes from 256. */
const DRAWS = 4096;

/** Places of the map along its axes. */
const PLACES = { x: 49, y: 33 };

/**
 * Answers one question after the other, and hands each answer over. It stops as soon as nobody wants it any more; between
 * the questions, and within the longest, others get their turn.
 */
export async function answer(
  { scenario, map }: Asked,
  put: (answers: Answers) => void,
  signal: AbortSignal,
): Promise<void> {
  const turn = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  };
  const draws = refineUncertainty(scenario, { draws: DRAWS, signal });
  put({ uncertainty: (await draws.next()).value as Uncertainty });
  await turn();
  put({
    map: sweep(scenario, {
      x: { path: map.x, steps: PLACES.x },
      y: { path: map.y, steps: PLACES.y },
    }),
  });
  await turn();
  put({ plan: plan(scenario, { draws: 32 }) });
  await turn();
  put({ slope: slope(scenario), stack: stack(scenario) });
  await turn();
  put({ sensitivity: sensitivity(scenario, { draws: 128 }) });
  await turn();
  for await (const uncertainty of draws) put({ uncertainty });
  put({ plan: plan(scenario, { draws: 256 }) });
  await turn();
  put({ sensitivity: sensitivity(scenario, { draws: 512 }), complete: true });
}
