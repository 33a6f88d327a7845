/** What was probably meant by a word that is not known. */

/** A word that is longer is no slip of a name. */
const LONGEST = 80;

/** The name that begins with the word, or the one that is fewest letters away from it, if any is near. */
export function meant(word: string, names: readonly string[]): string | undefined {
  if (word === "" || word.length > LONGEST) return undefined;
  const begun = names.find((name) => name.startsWith(word));
  if (begun !== undefined) return begun;
  const [nearest] = names
    .map((name) => ({ name, letters: apart(word, name) }))
    .sort((one, other) => one.letters - other.letters);
  return nearest && nearest.letters <= Math.max(1, word.length / 3) ? nearest.name : undefined;
}

/** How many letters have to be put in, left out or changed to make one word of the other. */
function apart(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 0; row < one.length; row++) {
    const line = [row + 1];
    for (let at = 0; at < other.length; at++) {
      const change = one[row] === other[at] ? 0 : 1;
      line.push(Math.min(above[at]! + change, above[at + 1]! + 1, line[at]! + 1));
    }
    above = line;
  }
  return above.at(-1)!;
}
