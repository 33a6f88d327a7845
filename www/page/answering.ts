/** In which order the questions of the page are asked, so that what is wanted first is answered first. */

import { fieldAt } from "../engine/byname.ts";
import { FITS, paired, verdictOf } from "../engine/odds.ts";
import type { Scenario, Uncertainty } from "../engine/public.ts";
import { DRAWS, FIRST_DRAWS } from "../engine/questions.ts";
import { type Along, type Ask, confirmed } from "./borders.ts";
import type { AnswerTo, Name, Operands } from "./job.ts";
import { many } from "./likeness.ts";
import type { Asking } from "./pool.ts";
import { type Answers, type Asked, AUDIENCE, currently, type Few, PLANNED } from "./questions.ts";
import type { Asker } from "./recall.ts";
import { rangesOf } from "./said.ts";
import { stretchesOf, withBorder } from "./stretches.ts";
import { bordersOf, distance, ends } from "./tracks.ts";

/** Draws of the first plan, before there is one from {@link PLANNED}. */
const FIRST_PLANNED = 32;

/** Draws by which the lead is taken apart, first and last. */
const [FIRST_LEAD, LEAD] = [128, 512];

/** Places of the map along its axes, and the draws of each: few, but the same at all places, and like many. */
const PLACES = { x: 31, y: 21 };
const DRAWS_OF_PLACE = 16;

/** Draws by which a border is looked for before all draws confirm it. */
const DRAWS_OF_BORDER = 512;

/** Sliders whose tracks come before the other questions: those that stand first. */
const FIRST_TRACKS = 14;

/** What is asked before all else, whoever else asks, and what after it. */
const [AT_ONCE, LATER] = [-1, 1];

/** Who is told of what. */
export interface Hearer {
  /** Each answer, as it comes. */
  tell: (answers: Answers) => void;
  /** The few draws that say most nearly what all so far say. */
  like: (few: Few) => void;
}

/**
 * Asks one question after the other, in the order in which their answers are wanted, and hands each answer over as it comes.
 * It stops as soon as nobody wants it any more.
 */
export function answer(asked: Asked, hearer: Hearer, asker: Asker, signal: AbortSignal): Promise<void> {
  return new Answering(asked, hearer, asker, signal).all();
}

/** The answers to what is asked of one scenario, on their way. */
class Answering {
  private readonly known: Answers = {};
  /** The tracks as the few draws of each place have them. */
  private tracks: NonNullable<Answers["tracks"]> = {};
  /** What is coloured by place is asked anew if many draws say something else than few: only what was asked last counts. */
  private byWhom: Uncertainty | undefined;

  constructor(
    private readonly asked: Asked,
    private readonly hearer: Hearer,
    private readonly asker: Asker,
    private readonly signal: AbortSignal,
  ) {}

  async all(): Promise<void> {
    const { asked } = this;
    const few = await this.ask("uncertainty", [asked.scenario, { draws: FIRST_DRAWS, ...this.among }], {
      rank: AT_ONCE,
    });
    this.put({ uncertainty: few });
    const places = this.byPlace(few);
    const first = [
      places.soon,
      this.plan(FIRST_PLANNED),
      this.give("slope", "slope", asked.scenario),
      this.give("homes", "homes", asked.scenario),
      this.lead(few, FIRST_LEAD),
      this.pinned(),
    ];
    await Promise.all([...first, this.refine(few, first), places.later]);
    this.put({ complete: true });
  }

  /** All draws, and what is known by them; what is known from few of them comes `before`. */
  private async refine(few: Uncertainty, before: readonly unknown[]): Promise<void> {
    const { scenario, variants = [] } = this.asked;
    const take = (uncertainty: Uncertainty) => this.put({ uncertainty });
    const whole = await this.ask("refineUncertainty", [scenario, { draws: DRAWS, variants }], { take });
    await Promise.all(before);
    const rest = [this.plan(PLANNED), this.lead(whole, LEAD), this.waysOut(whole)];
    // Few draws may take another for the best; what is coloured is to say what is said of all.
    const anew = whole.best === few.best ? undefined : this.byPlace(whole);
    const named = Promise.resolve(anew?.soon).then(() => this.borders(whole));
    await Promise.all([...rest, named, anew?.later]);
  }

  private ask<N extends Name>(
    name: N,
    operands: Operands<N>,
    asking: Omit<Asking<N>, "signal"> = {},
  ): Promise<AnswerTo<N>> {
    return this.asker.ask(name, operands, { ...asking, signal: this.signal });
  }

  private put(found: Answers): void {
    const answers = { ...found };
    if (found.tracks || found.borders) {
      // Tracks come some at a time, some of them after the borders at which they end.
      this.tracks = { ...this.tracks, ...found.tracks };
      const { borders = {} } = { ...this.known, ...found };
      answers.tracks = { ...this.tracks };
      for (const [path, { named, here }] of Object.entries(borders)) {
        const track = this.tracks[path];
        if (track) answers.tracks[path] = named.reduce((all, border) => withBorder(all, border, here), track);
      }
    }
    Object.assign(this.known, answers);
    this.hearer.tell(answers);
  }

  /** Asks a question whose answer is shown as it is. */
  private async give<N extends Name>(name: keyof Answers, question: N, ...operands: Operands<N>): Promise<void> {
    if (this.wants(name)) this.put({ [name]: await this.ask(question, operands) });
  }

  private wants(name: keyof Answers): boolean {
    return this.asked.wanted?.includes(name) ?? true;
  }

  /** Draws of the variants that there are to choose from, without what is worth knowing. */
  private get among() {
    return { variants: this.asked.variants ?? [], worth: false };
  }

  /** The lead of what costs least over the one it is held against: where only one fits, or none, there is none. */
  private async lead(by: Uncertainty, draws: number): Promise<void> {
    const { best, second } = verdictOf(paired(by)) ?? {};
    if (best && second) {
      const between = [best.variant, second.variant] as const;
      await this.give("sensitivity", "sensitivity", this.asked.scenario, { draws, between });
    } else if (this.wants("sensitivity")) this.put({ sensitivity: null });
  }

  /** The plan, and what staying costs over the same draws. */
  private async plan(draws: number): Promise<void> {
    if (!this.wants("plan")) return;
    const { scenario } = this.asked;
    const [plan, staying] = await Promise.all([this.ask("plan", [scenario, { draws }]), this.staying(draws)]);
    this.put({ plan, staying });
  }

  private async staying(draws: number): Promise<number | null> {
    const { scenario } = this.asked;
    const here = currently(scenario);
    if (!here) return null;
    const [odds] = (await this.ask("uncertainty", [scenario, { draws, variants: [here], worth: false }])).variants;
    return odds!.figures["totals.tcoUsd"]!.mean;
  }

  /** What would let those fit that are no choice. */
  private waysOut(by: Uncertainty): Promise<void> {
    const variants = by.variants.filter(({ fits }) => fits < FITS).map(({ variant }) => variant);
    return this.give("ways", "mend", this.asked.scenario, { variants });
  }

  private async pinned(): Promise<void> {
    const { pinned } = this.asked;
    if (pinned) this.put({ pinned: await this.ask("uncertainty", [pinned, { draws: DRAWS, ...this.among }]) });
  }

  /** What is coloured by place, soon and later: by the few draws that say most nearly what some draws say. */
  private byPlace(by: Uncertainty): { soon: Promise<unknown>; later: Promise<unknown> } {
    const { scenario, map, tracks, variants = [] } = this.asked;
    this.byWhom = by;
    const asLike = { draws: DRAWS_OF_PLACE, variants, like: many(by) };
    const over = this.ask("likest", [scenario, asLike], { rank: AT_ONCE }).then((seed) => {
      const few = { draws: DRAWS_OF_PLACE, seed };
      this.hearer.like(few);
      return { variants, ...few };
    });
    const colour = async (fields: Asked["tracks"], rank?: number) => {
      const ofPlace = await over;
      const found: NonNullable<Answers["tracks"]> = {};
      const along = async (field: Asked["tracks"][number]) => {
        const winners = await this.ask("winners", [scenario, { ...field, ...ofPlace }], { rank });
        found[field.path] = stretchesOf(winners, ends(fieldAt(field.path)));
      };
      await Promise.all(fields.map(along));
      if (this.byWhom === by) this.put({ tracks: found });
    };
    const [x, y] = [
      { path: map.x, steps: PLACES.x },
      { path: map.y, steps: PLACES.y },
    ];
    const onMap = async () => {
      if (!this.wants("map")) return;
      const map = await this.ask("sweep", [scenario, { x, y, ...(await over) }]);
      if (this.byWhom === by) this.put({ map });
    };
    return {
      soon: Promise.all([colour(tracks.slice(0, FIRST_TRACKS)), onMap()]),
      later: colour(tracks.slice(FIRST_TRACKS), LATER),
    };
  }

  /**
   * What is named in words is confirmed by as many draws as the answer has, after all that is coloured: of the audience, as the
   * sentence names it, and of the map's own inputs where they may have a nearer one.
   */
  private async borders({ best }: Uncertainty): Promise<void> {
    const { scenario, map } = this.asked;
    const paths = this.wants("borders") ? [AUDIENCE, ...(this.wants("map") ? [map.x, map.y] : [])] : [];
    const borders: Record<string, Along> = {};
    for (const path of best ? new Set(paths) : []) {
      const field = fieldAt(path);
      const now = rangesOf(scenario)[path]!.p50;
      const [nearest, ...more] = bordersOf({ ...this.known, tracks: this.tracks }, field, now, best);
      const named = Object.values(borders).flatMap(({ named }) => named);
      if (!nearest || named.some((border) => distance(border) <= distance(nearest))) continue;
      const here = { now, best: best! };
      borders[path] = await confirmed([nearest, ...more], field, here, this.winnerAlong(scenario, path));
    }
    this.put({ borders });
  }

  /** Asks who costs least at a value of an input. */
  private winnerAlong(scenario: Scenario, path: string): Ask {
    const { variants = [] } = this.asked;
    return async (value, all) => {
      const question = { path, values: [value], draws: all ? DRAWS : DRAWS_OF_BORDER, variants };
      const [winner] = await this.ask("winners", [scenario, question], { rank: LATER });
      return winner!;
    };
  }
}
