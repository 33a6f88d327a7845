/** The answers to whoever asks. One from few draws comes at once, with every change; what takes longer comes later. */

import { fromLink, type Scenario, type Uncertainty, uncertainty } from "#engine";
import { type Drawn, paired } from "../engine/odds.ts";
import { answer, type Hearer } from "./answering.ts";
import { type Base, calibrated } from "./expected.ts";
import { withNextFrame } from "./frame.ts";
import { pool } from "./pool.ts";
import type { Answers, Asked, Few } from "./questions.ts";
import { Asker, Recall } from "./recall.ts";
import { linkOf } from "./said.ts";

/** How long a scenario must rest before its questions are asked: a thumb that is moved asks many times a second. */
const REST_MS = 120;

/** Draws that are made within a frame, until those are known that say most nearly what many say. */
const FEW = { draws: 32, seed: 1 };

/** Draws from which an answer is as good as one that is held against many. */
const ENOUGH = 1024;

/** What was answered last. Until new answers come the old ones stand, and say that they do. */
export interface Standing extends Answers {
  /** What the draws say of the numbers shown: at once from few, and later from more and more. */
  now: Drawn;
  /** What they say of the pinned scenario. */
  before: Uncertainty | undefined;
  /** The answers that are of the scenario shown. */
  fresh: Set<keyof Answers>;
  /** Why there are none, if the engine failed. */
  failed?: string;
}

/** The pinned scenario, by its link: from many draws, if they have been made. */
interface Pinned {
  link: string;
  scenario: Scenario;
  draws: Uncertainty;
  many: boolean;
}

/** So many draws of a scenario, from a seed. */
function drawn({ draws, seed }: Few, scenario: Scenario, variants: Asked["variants"]): Drawn {
  return paired(uncertainty(scenario, { draws, seed, variants, worth: false }));
}

/** What is asked, one scenario after the other, of the same variants; each takes the place of the last one. */
export class Inquiry {
  private standing: Standing | undefined;
  private asked = "";
  private rest: ReturnType<typeof setTimeout> | undefined;
  private unframe: (() => void) | undefined;
  /** What is being asked, or was last. */
  private here: AbortController | undefined;
  /** The scenario of which many draws were made last. */
  private base: (Base & { link: string }) | undefined;
  private pinned: Pinned | undefined;
  private readonly recall: Recall;

  /** @param changed Tells of each answer that has come. */
  constructor(
    private readonly changed: () => void,
    known: Iterable<[link: string, many: Drawn]> = [],
  ) {
    this.recall = new Recall(known);
  }

  /**
   * The answers that stand. Asks for those of a scenario if they have not been asked for.
   * @param pin The link of the scenario that all is held against.
   */
  of(question: Omit<Asked, "pinned">, pin?: string): Standing {
    const { scenario, map, wanted = [], variants, tracks } = question;
    const link = linkOf(scenario);
    const key = [link, map.x, map.y, pin, ...wanted, ...tracks.map(({ path }) => path)].join(" ");
    if (this.standing && key === this.asked) return this.standing;
    // Nobody wants what is still to come of the last question, and whoever slides wants the processors: what has been begun
    // ends first, but nothing new begins.
    this.here?.abort();
    this.wait();
    const same = this.asked.startsWith(`${link} `);
    // Should the engine fail below, nothing is asked, and the next call asks anew.
    this.asked = "";
    const before = this.drawsOf(pin, variants);
    const cold = this.standing === undefined;
    const standing: Standing =
      this.standing && same
        ? this.standing
        : { ...this.standing, now: this.atOnce(question, link), before: undefined, fresh: new Set() };
    this.standing = standing;
    this.asked = key;
    standing.before = before?.draws;
    standing.fresh.clear();
    delete standing.failed;
    const whole = before && !before.many ? { ...question, pinned: before.scenario } : question;
    const hearing = this.hearing(question, link, standing, before);
    const after = (rest: number) => {
      this.rest = setTimeout(() => this.ask(whole, hearing), rest);
    };
    // What is shown first is asked at once, but after the frame that shows it: threads that start would hold it up.
    if (cold) this.unframe = withNextFrame(() => after(0));
    else after(REST_MS);
    return standing;
  }

  /** What few draws say of a scenario within a frame; what many say, if that is remembered. */
  private atOnce({ scenario, variants }: Omit<Asked, "pinned">, link: string): Drawn {
    const many = this.recall.many(link);
    if (many) return many;
    const base = this.baseOf(scenario);
    return base ? calibrated(drawn(base.few.said, scenario, variants), base) : drawn(FEW, scenario, variants);
  }

  /** The many draws that the few ones of a scenario can be held against. */
  private baseOf(scenario: Scenario): Inquiry["base"] {
    return this.base?.preset === scenario.preset ? this.base : undefined;
  }

  /** What becomes of answers to a question, beside that they stand. */
  private hearing(
    { scenario, variants }: Omit<Asked, "pinned">,
    link: string,
    standing: Standing,
    before: Pinned | undefined,
  ): Hearer {
    const known = this.baseOf(scenario) !== undefined;
    let few: Few = FEW;
    const like = (likest: Few) => {
      few = likest;
      if (this.base?.link === link) this.base.few = drawn(few, scenario, variants);
    };
    const tell = (answers: Answers) => {
      const { tracks, pinned: many } = answers;
      const more = answers.uncertainty && paired(answers.uncertainty);
      // What is known of many draws is not given up for fewer.
      const draws = more?.said.draws ?? 0;
      if (more && draws >= standing.now.said.draws && (draws >= ENOUGH || !known)) standing.now = more;
      if (more && draws >= ENOUGH) {
        const own = this.base?.link === link ? this.base.few : drawn(few, scenario, variants);
        this.base = { preset: scenario.preset, link, few: own, many: more };
        // The last answer of all is the one that says what is worth knowing.
        if (more.said.worthKnowing) this.recall.rememberMany(link, more);
      }
      if (tracks) answers.tracks = { ...standing.tracks, ...tracks };
      if (many && before) {
        Object.assign(before, { draws: many, many: true });
        standing.before = many;
      }
    };
    return { tell, like };
  }

  /** What was to be asked is not, for now. */
  private wait(): void {
    clearTimeout(this.rest);
    this.unframe?.();
  }

  /** Asks no more. */
  end(): void {
    this.wait();
    this.asked = "";
    if (!this.here) return;
    this.here.abort();
    this.here = undefined;
    pool.leave();
  }

  /** Draws of the pinned scenario; nothing if none is pinned, or if its link is broken. */
  private drawsOf(link: string | undefined, variants: Asked["variants"]): Pinned | undefined {
    if (link === undefined || link === this.pinned?.link) return link === undefined ? undefined : this.pinned;
    try {
      const scenario = fromLink(link);
      const { base } = this;
      this.pinned =
        base?.link === link
          ? { link, scenario, draws: base.many.said, many: true }
          : { link, scenario, draws: drawn(FEW, scenario, variants).said, many: false };
      return this.pinned;
    } catch {
      return undefined;
    }
  }

  private ask(question: Asked, { tell, like }: Hearer): void {
    if (!this.here) pool.join();
    const here = new AbortController();
    this.here = here;
    const asker = new Asker(pool, this.recall, question.scenario);
    const take = (answers: Answers) => {
      const { standing } = this;
      if (here.signal.aborted || !standing) return;
      tell(answers);
      Object.assign(standing, answers);
      for (const name of Object.keys(answers) as (keyof Answers)[]) standing.fresh.add(name);
      this.changed();
    };
    answer(question, { tell: take, like }, asker, here.signal).catch((error: unknown) => {
      if (here.signal.aborted || !this.standing) return;
      here.abort();
      this.standing.failed = error instanceof Error ? error.message : String(error);
      this.changed();
    });
  }
}

/** Lists of the numbers that were known before anything was drawn, as the engine would give them. */
export function revived({ said, pairs }: Drawn): Drawn {
  const list = (numbers: Iterable<number>) => Float64Array.from(numbers);
  const variants = said.variants.map((row) => ({
    ...row,
    cuts: list(row.cuts),
    monthlyUsd: list(row.monthlyUsd),
    monthly: {
      mean: list(row.monthly.mean),
      p10: list(row.monthly.p10),
      p25: list(row.monthly.p25),
      p50: list(row.monthly.p50),
      p75: list(row.monthly.p75),
      p90: list(row.monthly.p90),
    },
  }));
  return { said: { ...said, variants }, pairs };
}
