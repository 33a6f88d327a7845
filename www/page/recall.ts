/** What was answered of the last companies: whoever comes back to one, or asks one thing more of it, has the rest at once. */

import type { Drawn } from "../engine/odds.ts";
import type { Scenario } from "../engine/public.ts";
import type { AnswerTo, Name, Operands } from "./job.ts";
import type { Asking, Pool } from "./pool.ts";
import { linkOf } from "./said.ts";

/** Companies that are remembered. */
const REMEMBERED = 16;

/** What is remembered of a company. */
export interface Memory {
  /** What many draws say of it, once all that is asked of them is answered. */
  many?: Drawn;
  /** Answers by what was asked. */
  answers: Map<string, unknown>;
}

/** The last companies, by their links. */
export class Recall {
  private readonly memories = new Map<string, Memory>();

  /** @param known What was known of some companies before anything was asked. */
  constructor(known: Iterable<[link: string, many: Drawn]> = []) {
    for (const [link, many] of known) this.of(link).many = many;
  }

  /** What many draws said of a company, if they are remembered. */
  many(link: string): Drawn | undefined {
    return this.memories.get(link)?.many;
  }

  /** What is remembered of a company, to which more may be added: it is the last one now. */
  of(link: string): Memory {
    const { memories } = this;
    const memory = memories.get(link) ?? { answers: new Map() };
    memories.delete(link);
    memories.set(link, memory);
    if (memories.size > REMEMBERED) memories.delete(memories.keys().next().value!);
    return memory;
  }
}

/** Asks a pool what is not remembered. */
export class Asker {
  constructor(
    private readonly pool: Pool,
    private readonly answers: Memory["answers"],
  ) {}

  /** As {@link Pool.ask}; of several answers what is remembered gives the last. */
  async ask<N extends Name>(name: N, operands: Operands<N>, asking: Asking<N>): Promise<AnswerTo<N>> {
    const [scenario, ...rest] = operands as [Scenario, ...unknown[]];
    const question = JSON.stringify([name, linkOf(scenario), ...rest]);
    const known = this.answers.get(question) as AnswerTo<N> | undefined;
    if (known === undefined) {
      const answer = await this.pool.ask(name, operands, asking);
      this.answers.set(question, answer);
      return answer;
    }
    asking.signal.throwIfAborted();
    asking.take?.(known);
    return known;
  }
}
