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

declare const setImmediate: ((then: () => void) => unknown) | undefined;

/** A message that this thread sends itself lets others go first, and keeps no browser waiting as a timer does. */
let channel: MessageChannel | undefined;

/** Who waits for the next message. */
let waiting: (() => void)[] = [];

function sendMyself(then: () => void): void {
  // One for all turns, and held: a channel that only its own listener knows may be collected before its message comes.
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    };
  }
  waiting.push(then);
  channel.port2.postMessage(undefined);
}

let turns = 0;

/** How many turns this thread has given others: whoever watches it sees whether its questions get on. */
export const turnsGiven = (): number => turns;

/** Others get their turn. A timer, all that some hosts have, does not come back for four milliseconds after a few others. */
async function turn(): Promise<void> {
  await new Promise<void>((then) => {
    // Where there is no page, an open channel would keep the process from its end.
    if (typeof setImmediate === "function") setImmediate(then);
    else if (typeof MessageChannel === "function") sendMyself(then);
    else setTimeout(then);
  });
  turns += 1;
}
