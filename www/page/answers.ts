/**
 * The answers to whoever asks. One from few draws comes at once, with every change; all that takes longer than a frame is
 * asked of a worker where the host allows one, of this thread otherwise.
 */

import { fromLink, type Scenario, toLink, type Uncertainty, uncertainty } from "#engine";
import makeWorker from "#worker";
import { compiled } from "../engine/core.ts";
import { type Base, calibrated } from "./expected.ts";
import { type Answers, type Asked, answer } from "./questions.ts";
import type { FromWorker, ToWorker } from "./worker.ts";

/** How long a scenario must rest before its questions are asked: a thumb that is moved asks many times a second. */
const REST_MS = 120;

/** Draws that are made within a frame, and where nothing is known that they could be held against. */
const FEW = 32;
const ALONE = 128;

/** Draws from which an answer is as good as one that is held against many. */
const ENOUGH = 1024;

/** What was answered last. Until new answers come the old ones stand, and say that they do. */
export interface Standing extends Answers {
  /** What the draws say of the numbers shown: at once from few, and later from more and more. */
  now: Uncertainty;
  /** What they say of the pinned scenario. */
  before: Uncertainty | undefined;
  /** The answers that are of the scenario shown. */
  fresh: Set<keyof Answers>;
  /** Why there are none, if the engine failed. */
  failed?: string;
}

/** Scenarios of which many draws are remembered. */
const REMEMBERED = 16;

/** The pinned scenario, by its link: from many draws, if they have been made. */
interface Pinned {
  link: string;
  scenario: Scenario;
  draws: Uncertainty;
  many: boolean;
}

/** What is asked, one scenario after the other, of the same variants; each takes the place of the last one. */
export class Inquiry {
  private standing: Standing | undefined;
  private asked = "";
  private round = 0;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private here: AbortController | undefined;
  /** The scenario of which many draws were made last. */
  private base: (Base & { link: string }) | undefined;
  private pinned: Pinned | undefined;
  /** What many draws said of the last scenarios, by their links: the way back has it at once. */
  private readonly remembered: Map<string, Uncertainty>;
  /** The worker, once it has started; nothing where there can be none. */
  private worker: Promise<Worker | undefined> | undefined;

  /** @param changed Tells of each answer that has come. */
  constructor(
    private readonly changed: () => void,
    known: Iterable<[link: string, many: Uncertainty]> = [],
  ) {
    this.remembered = new Map(known);
  }

  /**
   * The answers that stand. Asks for those of a scenario if they have not been asked for.
   * @param pin The link of the scenario that all is held against.
   */
  of(question: Omit<Asked, "pinned">, pin?: string): Standing {
    const { scenario, map, wanted = [], variants } = question;
    const link = toLink(scenario);
    const key = `${link} ${map.x} ${map.y} ${pin ?? ""} ${wanted.join(" ")}`;
    if (this.standing && key === this.asked) return this.standing;
    const before = this.drawsOf(pin, variants);
    const cold = this.standing === undefined;
    const known = this.base?.preset === scenario.preset ? this.base : undefined;
    let { standing } = this;
    if (!standing || !this.asked.startsWith(`${link} `)) {
      const draw = (draws: number) => uncertainty(scenario, { draws, variants, worth: false });
      const now = this.remembered.get(link) ?? (known ? calibrated(draw(FEW), known) : draw(ALONE));
      standing = { ...standing, now, before: undefined, fresh: new Set() };
      this.standing = standing;
    }
    this.asked = key;
    standing.before = before?.draws;
    standing.fresh.clear();
    delete standing.failed;
    const take = (answers: Answers) => {
      const { uncertainty: more, tracks, pinned: many } = answers;
      // What is known of many draws is not given up for fewer.
      if (more && more.draws >= standing.now.draws && (more.draws >= ENOUGH || !known)) standing.now = more;
      if (more && more.draws >= ENOUGH) {
        const few =
          this.base?.link === link ? this.base.few : uncertainty(scenario, { draws: FEW, variants, worth: false });
        this.base = { preset: scenario.preset, link, few, many: more };
        // The last answer of all is the one that says what is worth knowing.
        if (more.worthKnowing) this.remember(link, more);
      }
      if (tracks) answers.tracks = { ...standing.tracks, ...tracks };
      if (many && before) {
        Object.assign(before, { draws: many, many: true });
        standing.before = many;
      }
    };
    clearTimeout(this.rest);
    const whole = before && !before.many ? { ...question, pinned: before.scenario } : question;
    // What is shown first is asked at once.
    this.rest = setTimeout(() => void this.ask(whole, take), cold ? 0 : REST_MS);
    return standing;
  }

  /** Asks no more, and lets the worker go. */
  end(): void {
    clearTimeout(this.rest);
    this.round++;
    this.here?.abort();
    void this.worker?.then((worker) => worker?.terminate());
    this.worker = undefined;
    this.asked = "";
  }

  /** Draws of the pinned scenario; nothing if none is pinned, or if its link is broken. */
  private drawsOf(link: string | undefined, variants: Asked["variants"]): Pinned | undefined {
    if (link === undefined || link === this.pinned?.link) return link === undefined ? undefined : this.pinned;
    try {
      const scenario = fromLink(link);
      const { base } = this;
      this.pinned =
        base?.link === link
          ? { link, scenario, draws: base.many, many: true }
          : { link, scenario, draws: uncertainty(scenario, { draws: ALONE, variants, worth: false }), many: false };
      return this.pinned;
    } catch {
      return undefined;
    }
  }

  private remember(link: string, many: Uncertainty): void {
    const { remembered } = this;
    remembered.delete(link);
    remembered.set(link, many);
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!);
  }

  private async ask(question: Asked, also: (answers: Answers) => void): Promise<void> {
    this.worker ??= startWorker();
    const now = ++this.round;
    this.here?.abort();
    const take = (answers: Answers) => {
      const { standing } = this;
      if (now !== this.round || !standing) return;
      also(answers);
      Object.assign(standing, answers);
      for (const name of Object.keys(answers) as (keyof Answers)[]) standing.fresh.add(name);
      this.changed();
    };
    const fail = (reason: string) => {
      if (now !== this.round || !this.standing) return;
      this.standing.failed = reason;
      this.changed();
    };
    const other = await this.worker;
    if (now !== this.round) return;
    if (other) {
      other.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if ("ready" in data || data.round !== this.round) return;
        if ("answers" in data) take(data.answers);
        else fail(data.failed);
      };
      other.postMessage({ round: now, asked: question } satisfies ToWorker);
      return;
    }
    this.here = new AbortController();
    const { signal } = this.here;
    answer(question, take, signal).catch((error: unknown) => {
      if (!signal.aborted) fail(error instanceof Error ? error.message : String(error));
    });
  }
}

function startWorker(): Promise<Worker | undefined> {
  return new Promise((resolve) => {
    const module = compiled();
    if (!module) return resolve(undefined);
    let made: Worker;
    try {
      made = makeWorker();
    } catch {
      return resolve(undefined);
    }
    // A policy or a sandbox may refuse it later, and some say nothing at all.
    const refused = setTimeout(() => resolve(undefined), 2000);
    made.onerror = () => resolve(undefined);
    made.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (!("ready" in data)) return;
      clearTimeout(refused);
      resolve(made);
    };
    made.postMessage({ module } satisfies ToWorker);
  });
}

/** Lists of the numbers that were known before anything was drawn, as the engine would give them. */
export function revived(now: Uncertainty): Uncertainty {
  const list = (numbers: Iterable<number>) => Float64Array.from(numbers);
  const variants = now.variants.map((row) => ({
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
  return { ...now, variants };
}
