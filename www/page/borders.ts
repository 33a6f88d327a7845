/**
 * The borders that are named in words. The map and the tracks find them from few draws at each place, whose winner may be
 * another than that of many: a border is named only where the answer itself, of as many draws as are shown, has it so.
 */
import type { Field, VariantId } from "../engine/api.ts";
import { BEYOND, type Border, type Here } from "./stretches.ts";

/** Borders along an input. */
export interface Along {
  /** The answer that they are those of. */
  here: Here;
  /** Those that the answer confirms, the nearer one first, up to the first one beyond which something fits. */
  named: Border[];
  /** Those that were not looked at. */
  others: Border[];
}

/** Asks who costs least at a value: of some draws, or of all. */
export type Ask = (value: number, all: boolean) => Promise<VariantId | null>;

/** How far on either side of a border the answer is asked, as logarithms of factors: so near, and so far beyond. */
const NEAR = Math.log(1.08);
const FAR = Math.log(BEYOND);

/** So near a border its near side need not be asked, where something nearer to the value of now is known. */
const CLOSE = 1.5 * NEAR;

/** Answers that are asked for at most: of some draws, to find a border, and of all, to confirm it. */
const TRIES = { some: 12, all: 6 };

/** Looks at the borders along an input, the nearer one first. */
export async function confirmed(borders: Border[], field: Field, here: Here, ask: Ask): Promise<Along> {
  const { now, best } = here;
  let left = { ...TRIES };
  const known = new Map<number, { winner: Promise<VariantId | null>; all: boolean }>([
    [now, { winner: Promise.resolve(best), all: true }],
  ]);
  const named: Border[] = [];
  for (const [at, border] of borders.entries()) {
    // What one has used up in vain is not taken from the next.
    left = { ...TRIES };
    const found = await around(border);
    if (found) named.push(found);
    if (found?.winner) return { here, named, others: borders.slice(at + 1) };
  }
  return { here, named, others: [] };

  /** Who costs least so far from the value of now, as a logarithm; nothing if enough was asked. */
  async function look(far: number, outwards: 1 | -1, all = false): Promise<VariantId | null | undefined> {
    const raw = now * Math.exp(outwards * far);
    const whole = outwards > 0 ? Math.ceil(raw) : Math.floor(raw);
    const value = Math.min(field.max, Math.max(field.min, field.kind === "count" ? whole : Number(raw.toPrecision(3))));
    const before = known.get(value);
    if (before && (before.all || !all)) return before.winner;
    const kind = all ? "all" : "some";
    if (left[kind] === 0) return undefined;
    left[kind] -= 1;
    const winner = ask(value, all);
    known.set(value, { winner, all });
    return winner;
  }

  /** The border as the answer has it: it may lie farther than few draws say, or nearer. None if it is not found soon. */
  async function around({ factor, outwards }: Border): Promise<Border | undefined> {
    // Up to here the answer is that of now, and from there on it is another.
    let [inside, outside] = [0, Number.POSITIVE_INFINITY];
    let at = Math.abs(Math.log(factor));
    for (let round = 0; round < TRIES.some; round++) {
      const far = await look(at + FAR, outwards);
      const beyond = far === best ? best : await look(at + NEAR, outwards);
      if (far === undefined || beyond === undefined) return undefined;
      if (far === best || beyond === best) {
        inside = Math.max(inside, at + (far === best ? FAR : NEAR));
        if (far !== best) outside = Math.min(outside, at + FAR);
        at = outside > inside && outside < Number.POSITIVE_INFINITY ? (inside + outside) / 2 : inside + NEAR;
        continue;
      }
      if (at - inside >= CLOSE) {
        const before = await look(at - NEAR, outwards);
        if (before === undefined) return undefined;
        if (before !== best) {
          outside = at - NEAR;
          at = (inside + outside) / 2;
          continue;
        }
      }
      // Two that follow each other so soon are no border that could be told in a few words.
      if (far !== beyond) return undefined;
      const sure = await Promise.all([look(at + FAR, outwards, true), look(at + NEAR, outwards, true)]);
      if (sure.includes(undefined)) return undefined;
      if (sure.every((winner) => winner === far)) {
        const place = now * Math.exp(outwards * at);
        // Of what is counted it is the last that is still the answer of now.
        const last = outwards > 0 ? Math.floor(place) : Math.ceil(place);
        const ends = field.kind === "count" ? last : place;
        return { field, at: ends, outwards, factor: ends / now, winner: far };
      }
    }
    return undefined;
  }
}
