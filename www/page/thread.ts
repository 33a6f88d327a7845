/** A worker: it is asked one question at a time, and given up once it does not get on. */

import makeWorker from "#worker";
import type { AnswerTo, Job, Name } from "./job.ts";
import type { FromWorker, ToWorker } from "./worker.ts";

/** A worker that says nothing for so long is one that a policy or a sandbox has refused. */
const PATIENCE_MS = 2000;

/** A worker that has something to do, and has not got on for so many times as long as {@link LOOK_MS}, is given up. */
const MOST_SILENT = 30;

/** How often workers are looked at. Looks are counted and not time: a machine may have been asleep. */
const LOOK_MS = 1000;

/** Who is told what a thread says. */
export interface Listener {
  /** It can be asked something: it has started, or is done with what it was asked. */
  free: () => void;
  /** An answer, of several or the only one. */
  answer: (answer: AnswerTo<Name>) => void;
  /** What it was asked has no answer. */
  refused: (reason: Error) => void;
  /** It has ended over what it was asked: its engine failed, as it says, or it did not get on. Another may get on. */
  gaveUp: (failure: string | undefined) => void;
  /** It has ended, or never came. */
  broke: (reason: Error) => void;
}

/** A thread that answers. */
export class Thread {
  private readonly worker: Worker;
  /** What it was asked and has not answered yet. */
  private job: Job | undefined;
  private ended = false;
  private silent = 0;
  private look: ReturnType<typeof setInterval> | undefined;
  private late: ReturnType<typeof setTimeout> | undefined;

  /** Whether it has come in time; never where all end before. */
  readonly inTime: Promise<boolean>;

  /**
   * @param life Ends it.
   * @throws Where there can be no worker.
   */
  constructor(
    module: WebAssembly.Module,
    life: AbortSignal,
    private readonly listener: Listener,
  ) {
    this.worker = makeWorker();
    this.inTime = new Promise((resolve) => this.listen(resolve));
    life.addEventListener("abort", () => this.end(), { once: true });
    this.post({ module });
  }

  /** Asks a question; only a thread that is free may be asked. */
  ask(job: Job): void {
    this.job = job;
    this.post({ job });
  }

  /** Drops what it is asked: it is free a little later. */
  drop(): void {
    this.post({ drop: true });
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private listen(resolve: (inTime: boolean) => void): void {
    this.late = setTimeout(() => resolve(false), PATIENCE_MS);
    this.worker.onerror = ({ message }) => {
      if (this.ended) return;
      this.end();
      resolve(false);
      this.listener.broke(new Error(message));
    };
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (this.ended) return;
      clearTimeout(this.late);
      this.silent = 0;
      if ("answer" in data) this.listener.answer(data.answer);
      else if ("engineFailed" in data) this.giveUp(data.engineFailed);
      else if ("refused" in data) this.listener.refused(new Error(data.refused));
      else if ("free" in data) {
        this.job = undefined;
        resolve(true);
        this.look ??= setInterval(() => this.lookAfter(), LOOK_MS);
        this.listener.free();
      }
    };
  }

  private lookAfter(): void {
    this.silent = this.job ? this.silent + 1 : 0;
    if (this.silent > MOST_SILENT) this.giveUp();
  }

  private giveUp(failure?: string): void {
    this.end();
    this.listener.gaveUp(failure);
  }

  private end(): void {
    this.ended = true;
    clearTimeout(this.late);
    clearInterval(this.look);
    this.worker.terminate();
  }
}
