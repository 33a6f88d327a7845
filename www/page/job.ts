/** One question to the engine, as it goes to another thread. */

import { winners } from "../engine/api.ts";
import type { Uncertainty } from "../engine/public.ts";
import { plan, refineUncertainty, sensitivity, slope, stack, sweep, uncertainty } from "../engine/questions.ts";

const ANSWERED_ONCE = { plan, sensitivity, slope, stack, sweep, uncertainty, winners };

type Once = typeof ANSWERED_ONCE;

/** A question's name. */
export type Name = keyof Once | "refineUncertainty";

/** What a question is asked with. */
export type Operands<N extends Name> = Parameters<N extends keyof Once ? Once[N] : typeof refineUncertainty>;

/** A question by its name, and what it is asked with: its own {@link Operands}. */
export interface Job {
  name: Name;
  operands: readonly unknown[];
}

/** Its answer; of one that is refined, each. */
export type AnswerTo<N extends Name> = N extends keyof Once ? ReturnType<Once[N]> : Uncertainty;

/** Answers a question: once, or, where the answer is refined, again and again until the signal aborts. */
export async function* perform(
  { name, operands }: Job,
  signal: AbortSignal,
): AsyncGenerator<AnswerTo<Name>, void, void> {
  if (name === "refineUncertainty") {
    const [scenario, question] = operands as Operands<typeof name>;
    yield* refineUncertainty(scenario, { ...question, signal });
  } else {
    yield (ANSWERED_ONCE[name] as (...operands: readonly unknown[]) => AnswerTo<Name>)(...operands);
  }
}
