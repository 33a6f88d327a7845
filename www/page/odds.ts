/** What the draws say of one variant, as the page holds them. */

import type { Drawn } from "../engine/odds.ts";
import type { Odds } from "../engine/public.ts";

/** What the draws of the numbers shown say of a variant. */
export function oddsOf({ answers }: { answers: { now: Drawn } }, variant: string): Odds | undefined {
  return answers.now.said.variants.find((row) => row.variant === variant);
}
