/** One question to the engine, as it goes to another thread. */

import type { Uncertainty } from "../engine/public.ts";
import { drawing, planning, refineUncertainty, sensing, slope, sweeping, winning } from "../engine/questions.ts";
import { inStretches, type UnderWay } from "../engine/steps.ts";
import { housing } from "./homes.ts";
import { likening } from "./likeness.ts";
import { mending } from "./ways.ts";

/** Those that take less than a frame. */
const AT_ONCE = { slope };

/** Those that take longer: what is left of one that nobody wants any more is never asked. */
const IN_STRETCHES = {
  homes: housing,
  likest: likening,
  mend: mending,
  plan: planning,
  sensitivity: sensing,
  sweep: sweeping,
  uncertainty: drawing,
  winners: winning,
};

type Quick = typeof AT_ONCE;
type Long = typeof IN_STRETCHES;

/** A question's name. */
export type Name = keyof Quick | keyof Long | "refineUncertainty";

/** What a question is asked with. */
export type Operands<N extends Name> = Parameters<
  N extends keyof Quick ? Quick[N] : N extends keyof Long ? Long[N] : typeof refineUncertainty
>;

/** A question by its name, and what it is asked with: its own {@link Operands}. */
export interface Job {
  name: Name;
  operands: readonly unknown[];
}

/** Its answer; of one that is refined, each. */
export type AnswerTo<N extends Name> = N extends keyof Quick
  ? ReturnType<Quick[N]>
  : N extends keyof Long
    ? ReturnType<Long[N]> extends UnderWay<infer A>
      ? A
      : never
    : Uncertainty;

const has = <T extends object>(some: T, name: PropertyKey): name is keyof T => Object.hasOwn(some, name);

/** Answers a question: once, or, where the answer is refined, again and again until the signal aborts. */
export async function* perform(
  { name, operands }: Job,
  signal: AbortSignal,
): AsyncGenerator<AnswerTo<Name>, void, void> {
  if (name === "refineUncertainty") {
    const [scenario, question] = operands as Operands<typeof name>;
    yield* refineUncertainty(scenario, { ...question, signal });
  } else if (has(IN_STRETCHES, name)) {
    const ask = IN_STRETCHES[name] as (...operands: readonly unknown[]) => UnderWay<AnswerTo<Name>>;
    yield await inStretches(ask(...operands), signal);
  } else {
    yield (AT_ONCE[name] as (...operands: readonly unknown[]) => AnswerTo<Name>)(...operands);
  }
}
