/** The questions of the page that take longer than a frame, and in which order their answers are wanted. */

import { catalog } from "../engine/api.ts";
import { fieldAt } from "../engine/byname.ts";
import { FITS, paired, verdictOf } from "../engine/odds.ts";
import type { Plan, Scenario, Sensitivity, SlopeStep, Sweep, Uncertainty, VariantId } from "../engine/public.ts";
import { DRAWS, FIRST_DRAWS } from "../engine/questions.ts";
import { type Along, type Ask, confirmed } from "./borders.ts";
import type { Housed } from "./homes.ts";
import type { Name, Operands } from "./job.ts";
import { many } from "./likeness.ts";
import type { Asker } from "./recall.ts";
import { rangesOf } from "./said.ts";
import { bordersOf, distance } from "./tracks.ts";
import type { Way } from "./ways.ts";

/** What is asked of a scenario. */
export interface Asked {
  scenario: Scenario;
  /** Paths of the axes of the map. */
  map: { x: string; y: string };
  /** The sliders whose tracks are wanted: the values at the places of each. */
  tracks: { path: string; values: number[] }[];
  /** The scenario that all is held against. */
  pinned?: Scenario;
  /** The variants that there are to choose from; all, if none is named. */
  variants?: VariantId[];
  /** The answers that are wanted beside the uncertainty; all, if nothing is said. */
  wanted?: (keyof Answers)[];
}

/** Draws, by how many there are and from which seed. */
export interface Few {
  draws: number;
  seed: number;
}

/** What has been answered so far. */
export interface Answers {
  uncertainty?: Uncertainty;
  /** What all say of the pinned scenario. */
  pinned?: Uncertainty;
  map?: Sweep;
  /** By path of a slider: who costs least at each place. */
  tracks?: Record<string, (VariantId | null)[]>;
  /** Nothing if fewer than two variants are a choice. */
  sensitivity?: Sensitivity | null;
  /** By the path of an input that the sentence or the map tells of: the borders along it that all draws confirm. */
  borders?: Record<string, Along>;
  /** Whether nothing more is to come. */
  complete?: true;
  plan?: Plan;
  /** What staying where the company is costs over the horizon, over the same draws as the plan; nothing where nothing runs. */
  staying?: number | null;
  /** What would let those variants fit that are no choice. */
  ways?: Way[];
  slope?: SlopeStep[];
  homes?: Housed;
}

/** Draws of the first plan, and of the last. */
const FIRST_PLANNED = 32;
export const PLANNED = 256;

/** Places of the map along its axes, and the draws of each: few, but the same at all places, and like many. */
const PLACES = { x: 31, y: 21 };
const DRAWS_OF_PLACE = 16;

/** Draws by which a border is looked for before all draws confirm it. */
const DRAWS_OF_BORDER = 512;

/** Sliders whose tracks come before the other questions: those that stand first. */
const FIRST_TRACKS = 14;

/** The input of which the sentence names a border. */
export const AUDIENCE = "workload.weeklyUsers";

/** What is asked before all else, whoever else asks, and what after it. */
const [AT_ONCE, LATER] = [-1, 1];

/** What runs today, if anything does. */
export function currently(scenario: Scenario): VariantId | undefined {
  const { path, options } = fieldAt("current.variant");
  const name = options![rangesOf(scenario)[path]!.p50]!;
  return catalog().variants.find(({ id }) => id === name)?.id;
}

/**
 * Asks one question after the other, in the order in which their answers are wanted, and hands each answer over as it comes.
 * It stops as soon as nobody wants it any more.
 * @param like Told of the few draws that say most nearly what all so far say.
 */
export async function answer(
  { scenario, map, tracks, pinned, variants = [], wanted }: Asked,
  tell: (answers: Answers) => void,
  like: (few: Few) => void,
  asker: Asker,
  signal: AbortSignal,
): Promise<void> {
  const uncertainly = { variants, worth: false };
  const known: Answers = {};
  const put = (answers: Answers) => {
    Object.assign(known, answers);
    tell(answers);
  };
  let now = await asker.ask("uncertainty", [scenario, { draws: FIRST_DRAWS, ...uncertainly }], {
    signal,
    rank: AT_ONCE,
  });
  put({ uncertainty: now });
  const isWanted = (name: keyof Answers) => wanted === undefined || wanted.includes(name);
  const give = async <N extends Name>(name: keyof Answers, question: N, ...operands: Operands<N>) => {
    if (!isWanted(name)) return;
    put({ [name]: await asker.ask(question, operands, { signal }) });
  };
  // The lead of what costs least over the one it is held against: where only one fits, or none, there is none.
  const lead = async (draws: number) => {
    const { best, second } = verdictOf(paired(now)) ?? {};
    if (!best || !second) return isWanted("sensitivity") ? put({ sensitivity: null }) : undefined;
    await give("sensitivity", "sensitivity", scenario, { draws, between: [best.variant, second.variant] });
  };
  const planned = async (draws: number) => {
    if (!isWanted("plan")) return;
    const here = currently(scenario);
    const stay = async () => {
      if (!here) return null;
      const alike = { draws, variants: [here], worth: false };
      const [odds] = (await asker.ask("uncertainty", [scenario, alike], { signal })).variants;
      return odds!.figures["totals.tcoUsd"]!.mean;
    };
    const [plan, staying] = await Promise.all([asker.ask("plan", [scenario, { draws }], { signal }), stay()]);
    put({ plan, staying });
  };
  const outOfTheWay = () => {
    const barred = now.variants.filter(({ fits }) => fits < FITS).map(({ variant }) => variant);
    return give("ways", "mend", scenario, { variants: barred });
  };
  const againstPinned = async (other: Scenario) =>
    put({ pinned: await asker.ask("uncertainty", [other, { draws: DRAWS, ...uncertainly }], { signal }) });
  const [x, y] = [
    { path: map.x, steps: PLACES.x },
    { path: map.y, steps: PLACES.y },
  ];
  // What is coloured by place: soon, and later.
  const byPlace = (whole: Uncertainty) => {
    const asLike = { draws: DRAWS_OF_PLACE, variants, like: many(whole) };
    const likest = asker.ask("likest", [scenario, asLike], { signal, rank: AT_ONCE });
    const over = likest.then((seed) => {
      const few = { draws: DRAWS_OF_PLACE, seed };
      like(few);
      return { variants, ...few };
    });
    const done: NonNullable<Answers["tracks"]> = {};
    const colour = async (fields: Asked["tracks"], rank?: number) => {
      const ofPlace = await over;
      const along = async (field: Asked["tracks"][number]) => {
        done[field.path] = await asker.ask("winners", [scenario, { ...field, ...ofPlace }], { signal, rank });
      };
      await Promise.all(fields.map(along));
      put({ tracks: { ...done } });
    };
    const onMap = async () => give("map", "sweep", scenario, { x, y, ...(await over) });
    return {
      soon: Promise.all([colour(tracks.slice(0, FIRST_TRACKS)), onMap()]),
      later: colour(tracks.slice(FIRST_TRACKS), LATER),
    };
  };
  // What is named in words is confirmed by as many draws as the answer has, after all that is coloured: of the audience, as the
  // sentence names it, and of the map's own inputs where they may have a nearer one.
  const bordered = async () => {
    const paths = isWanted("borders") ? [AUDIENCE, ...(isWanted("map") ? [map.x, map.y] : [])] : [];
    const { best } = now;
    const borders: Record<string, Along> = {};
    for (const path of best ? new Set(paths) : []) {
      const field = fieldAt(path);
      const value = rangesOf(scenario)[path]!.p50;
      const [nearest, ...more] = bordersOf(known, field, value, best);
      const named = Object.values(borders).flatMap(({ named }) => named);
      if (!nearest || named.some((border) => distance(border) <= distance(nearest))) continue;
      const ask: Ask = async (value, all) => {
        const question = { path, values: [value], draws: all ? DRAWS : DRAWS_OF_BORDER, variants };
        const [winner] = await asker.ask("winners", [scenario, question], { signal, rank: LATER });
        return winner!;
      };
      borders[path] = await confirmed([nearest, ...more], { field, now: value, best: best! }, ask);
    }
    put({ borders });
  };
  const few = now;
  const refine = async (before: readonly unknown[]) => {
    const take = (more: Uncertainty) => {
      now = more;
      put({ uncertainty: now });
    };
    await asker.ask("refineUncertainty", [scenario, { draws: DRAWS, variants }], { signal, take });
    // What is known from few draws comes before what is known from many.
    await Promise.all(before);
    const rest = [planned(PLANNED), lead(512), outOfTheWay()];
    // Few draws may take another for the best; what is coloured is to say what is said of all.
    const anew = now.best === few.best ? undefined : byPlace(now);
    const named = Promise.resolve(anew?.soon).then(bordered);
    await Promise.all([...rest, named, anew?.later]);
  };
  const places = byPlace(now);
  const first = [
    places.soon,
    planned(FIRST_PLANNED),
    give("slope", "slope", scenario),
    give("homes", "homes", scenario),
    lead(128),
    pinned && againstPinned(pinned),
  ];
  await Promise.all([...first, refine(first), places.later]);
  put({ complete: true });
}
