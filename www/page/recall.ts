/** What was answered of the last companies: whoever comes back to one, or asks one thing more of it, has the rest at once. */

import type { Drawn } from "../engine/odds.ts";
import type { Scenario } from "../engine/public.ts";
import type { AnswerTo, Name, Operands } from "./job.ts";
import type { Asking, Pool } from "./pool.ts";
import { linkOf } from "./said.ts";

/** Companies that are remembered, and answers of each of them. */
const MOST = { companies: 16, answers: 256 };

/** What is remembered of a company. */
interface Memory {
  /** What many draws say of it, once all that is asked of them is answered. */
  many?: Drawn;
  /** Answers by what was asked. */
  answers: Map<string, unknown>;
}

/** Puts something behind all others; where there are too many, the first goes. */
function putLast<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value!);
}

/** The companies, by their links, and the answers that were wanted last. */
export class Recall {
  private readonly memories = new Map<string, Memory>();

  /** @param known What was known of some companies before anything was asked. */
  constructor(known: Iterable<[link: string, many: Drawn]> = []) {
    for (const [link, many] of known) this.rememberMany(link, many);
  }

  /** What many draws said of a company, if they are remembered. */
  many(link: string): Drawn | undefined {
    return this.memories.get(link)?.many;
  }

  /** What many draws say of a company is to be remembered. */
  rememberMany(link: string, many: Drawn): void {
    this.lastUsed(link).many = many;
  }

  /** What was answered of a company, if that is remembered. */
  answer(link: string, question: string): unknown {
    const answers = this.memories.get(link)?.answers;
    const known = answers?.get(question);
    if (answers && known !== undefined) putLast(answers, question, known, MOST.answers);
    return known;
  }

  /** An answer of a company is to be remembered. */
  rememberAnswer(link: string, question: string, answer: unknown): void {
    putLast(this.lastUsed(link).answers, question, answer, MOST.answers);
  }

  private lastUsed(link: string): Memory {
    const memory = this.memories.get(link) ?? { answers: new Map() };
    putLast(this.memories, link, memory, MOST.companies);
    return memory;
  }
}

/** Asks a pool what is not remembered of a company. */
export class Asker {
  private readonly link: string;

  constructor(
    private readonly pool: Pool,
    private readonly recall: Recall,
    company: Scenario,
  ) {
    this.link = linkOf(company);
  }

  /** As {@link Pool.ask}; of several answers what is remembered gives the last. */
  async ask<N extends Name>(name: N, operands: Operands<N>, asking: Asking<N>): Promise<AnswerTo<N>> {
    const [scenario, ...rest] = operands as [Scenario, ...unknown[]];
    const question = JSON.stringify([name, linkOf(scenario), ...rest]);
    const known = this.recall.answer(this.link, question) as AnswerTo<N> | undefined;
    if (known === undefined) {
      const answer = await this.pool.ask(name, operands, asking);
      this.recall.rememberAnswer(this.link, question, answer);
      return answer;
    }
    asking.signal.throwIfAborted();
    asking.take?.(known);
    return known;
  }
}
