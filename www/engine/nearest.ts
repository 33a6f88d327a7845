/** Names that are not known, and the known one that was meant. */
import type { Problem } from "./api.ts";
import { refused } from "./core.ts";

/** The letters of a word, those of ASCII small: every known name is of these. */
function letters(word: string): string[] {
  return [...word.replace(/[A-Z]/g, (letter) => letter.toLowerCase())];
}

/**
 * How often letters are to be changed, added, left out or swapped to make one word of another: the distance of Damerau and
 * Levenshtein, in which others may be put between two that are swapped.
 */
function distance(one: readonly string[], other: readonly string[]): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  /** Behind which place a letter was last met in the one word. */
  const met = new Map<string, number>();
  for (let at = 1; at <= one.length; at++) {
    const [before, row] = [rows[at - 1]!, [at]];
    let same = 0;
    for (let to = 1; to <= other.length; to++) {
      const [above, left] = [met.get(other[to - 1]!) ?? 0, same];
      const swapped =
        above > 0 && left > 0 ? rows[above - 1]![left - 1]! + at - above + to - left - 1 : Number.POSITIVE_INFINITY;
      const equal = one[at - 1] === other[to - 1];
      if (equal) same = to;
      row.push(Math.min(before[to]! + 1, row[to - 1]! + 1, before[to - 1]! + (equal ? 0 : 1), swapped));
    }
    rows.push(row);
    met.set(one[at - 1]!, at);
  }
  return rows[one.length]![other.length]!;
}

/** The known name that is nearest to a mistyped one, of those that are near: as near as in the core. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  // Longer words cannot be a typing mistake, and the distance is quadratic in the length.
  if (name.length > 100) return undefined;
  const typed = letters(name);
  let best: { candidate: string; off: number } | undefined;
  for (const candidate of known) {
    const off = distance(typed, letters(candidate));
    const near = off <= Math.max(2, Math.floor(candidate.length / 3));
    if (near && (!best || off < best.off)) best = { candidate, off };
  }
  return best?.candidate;
}

/**
 * What is wrong with a name that is not among the known ones.
 * @param otherwise What to do where none is near.
 */
export function unknown(
  code: string,
  path: string,
  name: string,
  known: readonly string[],
  otherwise = known.length > 0 ? `known: ${known.join(", ")}` : "leave it out",
): Problem {
  const near = nearest(name, known);
  const remedy = near === undefined ? otherwise : `did you mean "${near}"?`;
  return { code, path, message: `"${name.slice(0, 60)}" is not known`, remedy };
}

/** @throws {MovingPartsError} with every name that is not among the known ones. */
export function allKnown(
  code: string,
  path: string,
  names: readonly string[],
  known: readonly string[],
  otherwise?: string,
): void {
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0) throw refused(strange.map((name) => unknown(code, path, name, known, otherwise)));
}
