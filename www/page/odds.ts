/** What the draws say of one variant, as the page holds them. */

import type { Odds, Uncertainty } from "../engine/public.ts";

/** What the draws of the numbers shown say of a variant. */
export function oddsOf({ answers }: { answers: { now: Uncertainty } }, variant: string): Odds | undefined {
  return answers.now.variants.find((row) => row.variant === variant);
}
