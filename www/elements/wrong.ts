/** All that is wrong with an element, told at once. */

import { unknown } from "../engine/nearest.ts";

export class Wrong {
  private readonly reasons: string[] = [];

  /** What comes of something that may fail; nothing if it does, and why is kept. */
  attempt<T>(what: () => T): T | undefined {
    try {
      return what();
    } catch (error) {
      this.reasons.push(reasonOf(error));
      return undefined;
    }
  }

  /** @throws With all that has failed, a line each. */
  tell(): void {
    if (this.reasons.length > 0) throw new Error(this.reasons.join("\n"));
  }
}

/** Why something failed, in words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** @throws If an attribute holds names that are not known, with what was meant by each. */
export function allKnown(
  attribute: string,
  names: readonly string[],
  known: readonly string[],
  otherwise?: string,
): void {
  const wrong = new Wrong();
  for (const name of names) {
    wrong.attempt(() => {
      if (known.includes(name)) return;
      const { message, remedy } = unknown("", attribute, name, known, otherwise);
      throw new Error(`${attribute}: ${message}; ${remedy}`);
    });
  }
  wrong.tell();
}
