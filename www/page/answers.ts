/**
 * The answers. One from few draws comes at once, with every change; all that takes longer than a frame is asked of a worker
 * where the host allows one, of this thread otherwise.
 */

import { fromLink, type Scenario, toLink, type Uncertainty, uncertainty } from "#engine";
import first from "#first";
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

let standing: Standing | undefined;
let asked = "";
let round = 0;
let rest: ReturnType<typeof setTimeout> | undefined;
let here: AbortController | undefined;
/** The scenario of which many draws were made last. */
let base: (Base & { link: string }) | undefined;
/** What many draws said of the last scenarios, by their links: the way back has it at once. */
const remembered = new Map<string, Uncertainty>([[first.link, revived(first.now)]]);
const REMEMBERED = 16;
/** The pinned scenario, by its link: from many draws, if they have been made. */
let pinned: { link: string; scenario: Scenario; draws: Uncertainty; many: boolean } | undefined;

/** The worker, once it has started; nothing where there can be none. */
let worker: Promise<Worker | undefined> | undefined;

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

/** Draws of the pinned scenario; nothing if none is pinned, or if its link is broken. */
function drawsOf(link: string | undefined): typeof pinned {
  if (link === undefined || link === pinned?.link) return link === undefined ? undefined : pinned;
  try {
    const scenario = fromLink(link);
    pinned =
      base?.link === link
        ? { link, scenario, draws: base.many, many: true }
        : { link, scenario, draws: uncertainty(scenario, { draws: ALONE, worth: false }), many: false };
    return pinned;
  } catch {
    return undefined;
  }
}

/**
 * The answers that stand. Asks for those of a scenario if they have not been asked for; `changed` tells of each.
 * @param pin The link of the scenario that all is held against.
 */
export function answersOf(question: Omit<Asked, "pinned">, pin: string | undefined, changed: () => void): Standing {
  const { scenario, map } = question;
  const link = toLink(scenario);
  const key = `${link} ${map.x} ${map.y} ${pin ?? ""}`;
  if (standing && key === asked) return standing;
  const before = drawsOf(pin);
  const cold = standing === undefined;
  const known = base?.preset === scenario.preset ? base : undefined;
  if (!standing || !asked.startsWith(`${link} `)) {
    const draw = (draws: number) => uncertainty(scenario, { draws, worth: false });
    const now = remembered.get(link) ?? (known ? calibrated(draw(FEW), known) : draw(ALONE));
    standing = { ...standing, now, before: undefined, fresh: new Set() };
  }
  asked = key;
  standing.before = before?.draws;
  standing.fresh.clear();
  delete standing.failed;
  const take = (answers: Answers) => {
    const { uncertainty: more, tracks, pinned: many } = answers;
    // What is known of many draws is not given up for fewer.
    if (more && more.draws >= standing!.now.draws && (more.draws >= ENOUGH || !known)) standing!.now = more;
    if (more && more.draws >= ENOUGH) {
      const few = base?.link === link ? base.few : uncertainty(scenario, { draws: FEW, worth: false });
      base = { preset: scenario.preset, link, few, many: more };
      // The last answer of all is the one that says what is worth knowing.
      if (more.worthKnowing) remember(link, more);
    }
    if (tracks) answers.tracks = { ...standing!.tracks, ...tracks };
    if (many && before) {
      Object.assign(before, { draws: many, many: true });
      standing!.before = many;
    }
  };
  clearTimeout(rest);
  const wanted = before && !before.many ? { ...question, pinned: before.scenario } : question;
  // What is shown first is asked at once.
  rest = setTimeout(() => void ask(wanted, take, changed), cold ? 0 : REST_MS);
  return standing;
}

/** Lists of the numbers that were known before anything was drawn, as the engine would give them. */
function revived(now: Uncertainty): Uncertainty {
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

function remember(link: string, many: Uncertainty): void {
  remembered.delete(link);
  remembered.set(link, many);
  if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!);
}

async function ask(question: Asked, also: (answers: Answers) => void, changed: () => void): Promise<void> {
  worker ??= startWorker();
  const now = ++round;
  here?.abort();
  const take = (answers: Answers) => {
    if (now !== round || !standing) return;
    also(answers);
    Object.assign(standing, answers);
    for (const name of Object.keys(answers) as (keyof Answers)[]) standing.fresh.add(name);
    changed();
  };
  const fail = (reason: string) => {
    if (now !== round || !standing) return;
    standing.failed = reason;
    changed();
  };
  const other = await worker;
  if (now !== round) return;
  if (other) {
    other.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if ("ready" in data || data.round !== round) return;
      if ("answers" in data) take(data.answers);
      else fail(data.failed);
    };
    other.postMessage({ round: now, asked: question } satisfies ToWorker);
    return;
  }
  here = new AbortController();
  const { signal } = here;
  answer(question, take, signal).catch((error: unknown) => {
    if (!signal.aborted) fail(error instanceof Error ? error.message : String(error));
  });
}
