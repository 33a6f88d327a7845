/** Names that are not known, and the known one that was meant. */
import type { Problem } from "./api.ts";
import { refused } from "./core.ts";

/** Letters that are to be changed, added, left out or swapped with the next one to make one word of another. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let at = 1; at <= one.length; at++) {
    const [before, row] = [rows[at - 1]!, [at]];
    for (let to = 1; to <= other.length; to++) {
      const changed = before[to - 1]! + (one[at - 1] === other[to - 1] ? 0 : 1);
      const swaps = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      const swapped = swaps ? rows[at - 2]![to - 2]! + 1 : changed;
      row.push(Math.min(before[to]! + 1, row[to - 1]! + 1, changed, swapped));
    }
    rows.push(row);
  }
  return rows[one.length]![other.length]!;
}

/** The known name that is nearest to a mistyped one, if any is near: as near as in the core. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  // Longer words cannot be a typing mistake, and the distance is quadratic in the length.
  if (name.length > 100) return undefined;
  let best: { candidate: string; off: number } | undefined;
  for (const candidate of known) {
    const off = distance(name.toLowerCase(), candidate.toLowerCase());
    if (off < (best?.off ?? Number.POSITIVE_INFINITY)) best = { candidate, off };
  }
  return best && best.off <= Math.max(2, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
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
