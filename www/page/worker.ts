/** Answers the page's questions on a thread of its own. */
import { start } from "../engine/core.ts";
import { type Answers, type Asked, answer } from "./questions.ts";

/** What the page sends: the engine once, and then a question that takes the place of the last one. */
export type ToWorker = { module: WebAssembly.Module } | { round: number; asked: Asked };

/** What it gets back. */
export type FromWorker = { ready: true } | { round: number; answers: Answers } | { round: number; failed: string };

let running: AbortController | undefined;
const post = (message: FromWorker) => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if ("module" in data) {
    start(data.module);
    post({ ready: true });
    return;
  }
  const { round, asked } = data;
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  answer(asked, (answers) => post({ round, answers }), signal).catch((error: unknown) => {
    if (!signal.aborted) post({ round, failed: error instanceof Error ? error.message : String(error) });
  });
});
