/** What was probably meant by a word that is not known. */
import { nearest } from "../engine/nearest.ts";

/** The name that begins with the word, or the nearest one, if any is near. */
export function meant(word: string, names: readonly string[]): string | undefined {
  if (word === "") return undefined;
  return names.find((name) => name.startsWith(word)) ?? nearest(word, names);
}
