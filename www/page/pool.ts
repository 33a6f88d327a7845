/**
 * The threads that answer what takes longer than a frame: workers where the host allows them, one for each processor up to
 * a few; this thread otherwise. All of a document share them.
 */

import makeWorker from "#worker";
import { compiled } from "../engine/core.ts";
import { type AnswerTo, type Job, type Name, type Operands, perform } from "./job.ts";
import type { FromWorker, ToWorker } from "./worker.ts";

/** Workers at most: more would wait for memory, and take processors that others want. */
const MOST = 4;

/** A worker that says nothing for so long is one that a policy or a sandbox has refused. */
const PATIENCE_MS = 2000;

/** A worker that has something to do, and has not got on for so many times as long as {@link LOOK_MS}, is given up. */
const MOST_SILENT = 30;

/** How often workers are looked at. Looks are counted and not time: a machine may have been asleep. */
const LOOK_MS = 1000;

/** A question that waits, or is being answered. */
interface Task {
  job: Job;
  /** Whether a worker was given up over it. */
  again: boolean;
  rank: number;
  signal: AbortSignal;
  take: (answer: AnswerTo<Name>) => void;
  done: () => void;
  fail: (reason: unknown) => void;
}

/** How to ask: how soon, and what to do with each answer of several. */
export interface Asking<N extends Name> {
  signal: AbortSignal;
  /** Questions of a lower rank go first; of the same rank, those asked first. */
  rank?: number;
  take?: (answer: AnswerTo<N>) => void;
}

/** Threads and the questions that wait for them. */
export class Pool {
  private readonly waiting: Task[] = [];
  private readonly workers = new Map<Worker, Task | undefined>();
  private users = 0;
  /** Ends with the last user. */
  private life: AbortController | undefined;
  /** Whether this thread has to answer: there can be no worker, or none has come yet. */
  private alone = false;
  /** Whether this thread is answering. */
  private working = false;

  /** Somebody comes to use the threads. */
  join(): void {
    this.users += 1;
  }

  /** And goes: with the last one the workers end. */
  leave(): void {
    this.users -= 1;
    if (this.users > 0) return;
    this.life?.abort();
    this.life = undefined;
    this.workers.clear();
  }

  /**
   * Asks a question, and gives its last answer.
   * @throws What the question throws; the signal's reason if it aborts.
   */
  ask<N extends Name>(name: N, operands: Operands<N>, { signal, rank = 0, take }: Asking<N>): Promise<AnswerTo<N>> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      let last: AnswerTo<N>;
      const task: Task = {
        job: { name, operands },
        again: false,
        rank,
        signal,
        take: (answer) => {
          if (signal.aborted) return;
          last = answer as AnswerTo<N>;
          // Of what is asked again some answers are known, of which those that come now are behind.
          if (!task.again) take?.(last);
        },
        done: () => {
          if (task.again && !signal.aborted) take?.(last);
          resolve(last);
        },
        fail: reject,
      };
      signal.addEventListener("abort", () => this.drop(task), { once: true });
      this.enqueue(task);
      if (!this.life) void this.start();
      this.next();
    });
  }

  /** Behind all that is to come before it; what is asked again was there before all of its rank. */
  private enqueue(task: Task): void {
    const after = this.waiting.findIndex(({ rank }) => (task.again ? rank >= task.rank : rank > task.rank));
    this.waiting.splice(after < 0 ? this.waiting.length : after, 0, task);
  }

  private drop(task: Task): void {
    const place = this.waiting.indexOf(task);
    if (place >= 0) this.waiting.splice(place, 1);
    for (const [worker, busy] of this.workers) if (busy === task) worker.postMessage({ drop: true } satisfies ToWorker);
    task.fail(task.signal.reason);
  }

  /** The first worker shows whether there can be any; the others follow it. */
  private async start(): Promise<void> {
    this.life = new AbortController();
    const { signal } = this.life;
    this.alone = false;
    const others = Math.min(MOST, navigator.hardwareConcurrency || 1) - 1;
    const more = () => {
      for (let count = 0; count < others; count++) void this.hire(signal);
    };
    this.alone = !(await this.hire(signal, more));
    this.next();
  }

  /** Hands the questions that wait to the workers that are free. */
  private next(): void {
    for (const [worker, busy] of this.workers) {
      if (busy) continue;
      const task = this.waiting.shift();
      if (!task) return;
      this.workers.set(worker, task);
      worker.postMessage({ job: task.job } satisfies ToWorker);
    }
    if (this.alone) void this.work();
  }

  /**
   * Starts a worker, and tells whether it came in time; never where all end before. `come` is called when it is there,
   * however late.
   */
  private hire(life: AbortSignal, come?: () => void): Promise<boolean> {
    return new Promise((resolve) => {
      const module = compiled();
      if (!module) return resolve(false);
      let worker: Worker;
      try {
        worker = makeWorker();
      } catch {
        return resolve(false);
      }
      let [there, ended] = [false, false];
      let silent = 0;
      let look: ReturnType<typeof setInterval> | undefined;
      const lookAfter = () => {
        silent = this.workers.get(worker) ? silent + 1 : 0;
        if (silent > MOST_SILENT) giveUp();
      };
      const end = () => {
        ended = true;
        clearTimeout(late);
        clearInterval(look);
        worker.terminate();
      };
      const giveUp = () => {
        end();
        const task = this.workers.get(worker);
        this.workers.delete(worker);
        if (task?.again) task.fail(new Error(`${task.job.name} has stopped a thread twice, and is not asked again`));
        else if (task && !task.signal.aborted) {
          task.again = true;
          this.enqueue(task);
        }
        this.next();
        void this.hire(life).then((come) => {
          this.alone ||= !come && this.workers.size === 0;
          this.next();
        });
      };
      const late = setTimeout(() => resolve(false), PATIENCE_MS);
      life.addEventListener("abort", end, { once: true });
      worker.onerror = ({ message }) => {
        end();
        if (life.aborted) return;
        this.workers.get(worker)?.fail(new Error(message));
        this.workers.delete(worker);
        resolve(false);
        this.alone = this.workers.size === 0;
        this.next();
      };
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (ended) return;
        const task = this.workers.get(worker);
        silent = 0;
        if ("getsOn" in data) return;
        if ("answer" in data) return task?.take(data.answer);
        if ("failed" in data) return task?.fail(new Error(data.failed));
        clearTimeout(late);
        task?.done();
        this.workers.set(worker, undefined);
        this.alone = false;
        resolve(true);
        if (!there) {
          look = setInterval(lookAfter, LOOK_MS);
          come?.();
        }
        there = true;
        this.next();
      };
      worker.postMessage({ module } satisfies ToWorker);
    });
  }

  /** The next question for this thread. What has stopped a thread is for another worker: it would stop the page. */
  private mine(): Task | undefined {
    const place = this.alone ? this.waiting.findIndex(({ again }) => !again) : -1;
    return place < 0 ? undefined : this.waiting.splice(place, 1)[0];
  }

  /** Answers on this thread, one question after the other; in between others get their turn. */
  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let task = this.mine(); task; task = this.mine()) {
      await new Promise((resolve) => setTimeout(resolve));
      try {
        if (!task.signal.aborted) for await (const answer of perform(task.job, task.signal)) task.take(answer);
        task.done();
      } catch (error) {
        task.fail(error);
      }
    }
    this.working = false;
  }
}

/** The threads of this document. */
export const pool = new Pool();
