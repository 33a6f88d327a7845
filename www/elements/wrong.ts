/** All that is wrong with an element, told at once. */

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
