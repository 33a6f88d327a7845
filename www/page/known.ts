/** What is known of a company at the moment, as far as its questions are answered. */

import { type Comparison, compare, type Scenario } from "#engine";
import type { Drawn } from "../engine/odds.ts";
import { Inquiry, type Standing } from "./answers.ts";
import { expected } from "./expected.ts";
import type { Asked } from "./questions.ts";

export interface Known {
  likeliest: Comparison;
  /** Every number as it is expected: its mean over the draws. */
  comparison: Comparison;
  standing: Standing;
}

/** Asks, and compares anew only where the company or its draws are others than before. */
export class Knowledge {
  private readonly inquiry: Inquiry;
  private last: { scenario: Scenario; now: Drawn; known: Known } | undefined;

  /** With what an {@link Inquiry} is made. */
  constructor(...inquiring: ConstructorParameters<typeof Inquiry>) {
    this.inquiry = new Inquiry(...inquiring);
  }

  /** What is known, among the variants that the question names. */
  of(question: Omit<Asked, "pinned">, pin?: string): Known {
    const { scenario, variants = [] } = question;
    const standing = this.inquiry.of(question, pin);
    const last = this.last;
    const same = last?.scenario === scenario;
    if (same && last.known.standing === standing && last.now === standing.now) return last.known;
    const likeliest = same ? last.known.likeliest : compare(scenario, variants.length > 0 ? { variants } : {});
    const known = { likeliest, comparison: expected(likeliest, standing.now.said), standing };
    this.last = { scenario, now: standing.now, known };
    return known;
  }

  /** Asks no more. */
  end(): void {
    this.inquiry.end();
  }
}
