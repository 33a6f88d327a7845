/** What was typed and refused: it stands where it was typed, with the reason, until what it was typed for has changed. */

import type { MovingPartsError, Problem } from "#engine";

export interface Refusal {
  text: string;
  reason: string;
  /** What was held there when it was refused. */
  held: string;
}

/** By the place where it was typed. */
export type Refusals = Map<string, Refusal>;

/** What was refused at a place; forgotten once something else is held there, however that came. */
export function refusalAt(refusals: Refusals, place: string, held: () => string): Refusal | undefined {
  const refusal = refusals.get(place);
  if (!refusal || refusal.held === held()) return refusal;
  refusals.delete(place);
  return undefined;
}

/** A problem in a sentence. */
export function inSentence({ message, remedy }: Problem): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}; ${remedy}.`;
}

/** Every problem of what was refused. An error that refuses nothing goes on. */
export function problemsOf(error: unknown): Problem[] {
  const { problems } = error as Partial<MovingPartsError>;
  if (problems && problems.length > 0) return problems;
  throw error;
}
