/** The answers that take longer than a frame: asked of a worker where the host allows one, of this thread otherwise. */

import { toLink } from "#engine";
import makeWorker from "#worker";
import { compiled } from "../engine/core.ts";
import { type Answers, type Asked, answer } from "./questions.ts";
import type { FromWorker, ToWorker } from "./worker.ts";

/** How long a scenario must rest before its questions are asked: a thumb that is moved asks many times a second. */
const REST_MS = 120;

/** What was answered last. Until new answers come the old ones stand, and say that they do. */
export interface Standing extends Answers {
  /** The answers that are of the scenario shown. */
  fresh: Set<keyof Answers>;
  /** Why there are none, if the engine failed. */
  failed?: string;
}

const standing: Standing = { fresh: new Set() };
let asked = "";
let round = 0;
let rest: ReturnType<typeof setTimeout> | undefined;
let here: AbortController | undefined;

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

/** The answers that stand. Asks for those of a scenario if they have not been asked for; `changed` tells of each. */
export function answersOf(question: Asked, changed: () => void): Standing {
  const key = `${toLink(question.scenario)} ${question.map.x} ${question.map.y}`;
  if (key !== asked) {
    asked = key;
    standing.fresh.clear();
    delete standing.failed;
    clearTimeout(rest);
    rest = setTimeout(() => void ask(question, changed), REST_MS);
  }
  return standing;
}

async function ask(question: Asked, changed: () => void): Promise<void> {
  worker ??= startWorker();
  const now = ++round;
  here?.abort();
  const take = (answers: Answers) => {
    if (now !== round) return;
    Object.assign(standing, answers);
    for (const name of Object.keys(answers) as (keyof Answers)[]) standing.fresh.add(name);
    changed();
  };
  const fail = (reason: string) => {
    if (now !== round) return;
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
