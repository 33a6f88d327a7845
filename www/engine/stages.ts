/** A plan in words: the same on the page and in the command line. */

import { variantLabel } from "./api.ts";
import type { Stage } from "./questions.ts";

/** What runs when: `PaaS from month 1, then cloud VMs from month 14`. */
export function stagesInWords(stages: readonly Stage[]): string {
  return stages.map(({ variant, from }) => `${variantLabel(variant)} from month ${from}`).join(", then ");
}
