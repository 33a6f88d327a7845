/** Answers questions on a thread of its own. */
import { engineFailed, start } from "../engine/core.ts";
import { turnsGiven } from "../engine/steps.ts";
import { type AnswerTo, type Job, type Name, perform } from "./job.ts";

/** What the page sends: the engine once, and then one question after the other, each of which it may drop. */
export type ToWorker = { module: WebAssembly.Module } | { job: Job } | { drop: true };

/** What it gets back: answers, or why there is none; when it is free again; that what it is asked gets on. */
export type FromWorker =
  | { answer: AnswerTo<Name> }
  | { refused: string }
  | { engineFailed: string }
  | { free: true }
  | { getsOn: true };

/** How often it says that what it is asked gets on. */
const SAY_MS = 1000;

let running: AbortController | undefined;
const post = (message: FromWorker) => postMessage(message);

/** Says that what is asked gets on, as long as it does. Gives what ends that. */
function sayOn(): () => void {
  let turns = turnsGiven();
  const saying = setInterval(() => {
    if (turns !== turnsGiven()) post({ getsOn: true });
    turns = turnsGiven();
  }, SAY_MS);
  return () => clearInterval(saying);
}

addEventListener("message", async ({ data }: MessageEvent<ToWorker>) => {
  if ("drop" in data) return running?.abort();
  if ("module" in data) {
    try {
      start(data.module);
    } catch (error) {
      // Beyond this listener's promise, where whoever made the worker hears of it.
      return setTimeout(() => {
        throw error;
      });
    }
  } else {
    running = new AbortController();
    const { signal } = running;
    const sayNoMore = sayOn();
    try {
      for await (const answer of perform(data.job, signal)) post({ answer });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!signal.aborted) post(engineFailed(error) ? { engineFailed: reason } : { refused: reason });
    }
    sayNoMore();
  }
  post({ free: true });
});
