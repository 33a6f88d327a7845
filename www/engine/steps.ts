/** Questions that take longer than a frame: answered at once, or in stretches between which others get their turn. */
import type * as glue from "#glue";
import type { Scenario } from "./api.ts";
import { kept } from "./core.ts";

/** A question under way. */
export interface UnderWay<A> {
  /** Takes so many steps; the answer, when none is left. */
  advance(steps: number): A | undefined;
  /** Frees what it holds in the engine; it is not asked afterwards. */
  free(): void;
}

/** A question of a scenario that the engine answers in steps; `tell` makes what the caller gets of its answer. */
export function underWay<R, A>(
  scenario: Scenario,
  ask: (core: typeof glue, scenario: unknown) => glue.Question,
  tell: (answer: R) => A,
): UnderWay<A> {
  const question = kept(scenario, ask);
  return {
    advance: (steps) => {
      const answer = question.ask((asked) => asked.advance(steps)) as R | undefined;
      return answer === undefined ? undefined : tell(answer);
    },
    free: question.free,
  };
}

/** A question that is answered here, out of others: a step to each of its yields. */
export function byYields<A>(answer: Generator<void, A>): UnderWay<A> {
  return {
    advance: (steps) => {
      for (let step = 0; step < steps; step++) {
        const next = answer.next();
        if (next.done) return next.value;
      }
      return undefined;
    },
    free: () => {},
  };
}

/** More steps than any question has. */
const ALL = 4294967295;

/** The answer, all steps taken at once. */
export function atOnce<A>(question: UnderWay<A>): A {
  try {
    return question.advance(ALL)!;
  } finally {
    question.free();
  }
}

/** The answer, its steps taken in stretches. */
export async function inStretches<A>(question: UnderWay<A>, signal: AbortSignal): Promise<A> {
  const stretch = stretches(1, signal);
  try {
    for (;;) {
      const answer = await stretch((steps) => question.advance(steps));
      if (answer !== undefined) return answer;
    }
  } finally {
    question.free();
  }
}

/** How long a stretch may take before others get their turn. */
const STRETCH_MS = 8;

/** A stretch has at most so many times as many steps as the one before: what comes next may take longer. */
const GROWTH = 4;

/**
 * Takes steps in stretches of a few milliseconds, the first of so many. Behind each stretch others get their turn.
 * @throws The signal's reason if it aborts, and what the steps throw.
 */
export function stretches(first: number, signal?: AbortSignal): <T>(take: (steps: number) => T) => Promise<T> {
  let steps = first;
  return async (take) => {
    signal?.throwIfAborted();
    const start = performance.now();
    const taken = take(steps);
    const fit = STRETCH_MS / Math.max(performance.now() - start, 0.1);
    steps = Math.max(1, Math.round(steps * Math.min(fit, GROWTH)));
    await turn();
    signal?.throwIfAborted();
    return taken;
  };
}

/** Others get their turn. A timer, all that some hosts have, does not come back for four milliseconds after a few others. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel === "undefined") return void setTimeout(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
