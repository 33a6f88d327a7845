/**
 * The threads that answer what takes longer than a frame: workers where the host allows them, one for each processor up to
 * a few; this thread otherwise. All of a document share them.
 */

import { compiled, engineFailed } from "../engine/core.ts";
import { type AnswerTo, type Job, type Name, type Operands, perform } from "./job.ts";
import { Thread } from "./thread.ts";

/** Threads at most: more would wait for memory, and take processors that others want. */
const MOST = 4;

/** A question that waits, or is being answered. */
interface Task {
  job: Job;
  /** Whether it is asked a second time: a thread was given up over it, or the engine failed. */
  again: boolean;
  /** Whether a thread did not get on with it. */
  stops: boolean;
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
  private readonly threads = new Map<Thread, Task | undefined>();
  private users = 0;
  /** Ends with the last user. */
  private life: AbortController | undefined;
  /** Whether this thread has to answer: there can be no other, or none has come yet. */
  private alone = false;
  /** Whether this thread is answering. */
  private working = false;

  /** Somebody comes to use the threads. */
  join(): void {
    this.users += 1;
  }

  /** And goes: with the last one the threads end. */
  leave(): void {
    this.users -= 1;
    if (this.users > 0) return;
    this.life?.abort();
    this.life = undefined;
    this.threads.clear();
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
        stops: false,
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
    for (const [thread, busy] of this.threads) if (busy === task) thread.drop();
    task.fail(task.signal.reason);
  }

  /** The first thread shows whether there can be any; the others follow it. */
  private async start(): Promise<void> {
    this.life = new AbortController();
    const { signal } = this.life;
    this.alone = false;
    const others = Math.min(MOST, navigator.hardwareConcurrency || 1) - 1;
    const more = () => {
      for (let count = 0; count < others; count++) void this.hire(signal);
    };
    const inTime = await this.hire(signal, more);
    if (signal.aborted) return;
    this.alone = !inTime;
    this.next();
  }

  /** Hands the questions that wait to the threads that are free. */
  private next(): void {
    for (const [thread, busy] of this.threads) {
      if (busy) continue;
      const task = this.waiting.shift();
      if (!task) return;
      this.threads.set(thread, task);
      thread.ask(task.job);
    }
    if (this.alone) void this.work();
  }

  /**
   * Starts a thread, and tells whether it came in time; never where all end before. `come` is called when it is there, however
   * late.
   */
  private async hire(life: AbortSignal, come?: () => void): Promise<boolean> {
    const module = compiled();
    if (!module) return this.none();
    const task = () => this.threads.get(thread);
    let thread: Thread;
    try {
      thread = new Thread(module, life, {
        free: () => {
          const there = this.threads.has(thread);
          task()?.done();
          this.threads.set(thread, undefined);
          this.alone = false;
          if (!there) come?.();
          this.next();
        },
        answer: (answer) => task()?.take(answer),
        refused: (reason) => task()?.fail(reason),
        gaveUp: (failure) => {
          const over = task();
          this.threads.delete(thread);
          if (over) this.askAgain(over, failure);
          this.next();
          void this.hire(life).then((come) => {
            this.alone ||= !come && this.threads.size === 0;
            this.next();
          });
        },
        broke: (reason) => {
          task()?.fail(reason);
          this.threads.delete(thread);
          this.none();
          this.next();
        },
      });
    } catch {
      return this.none();
    }
    return thread.inTime;
  }

  /** Where a thread cannot be had, and there is no other, this one has to answer all that does not stop it. */
  private none(): false {
    this.alone = this.threads.size === 0;
    const left = this.alone ? this.waiting.filter(({ stops }) => stops) : [];
    for (const task of left) {
      this.waiting.splice(this.waiting.indexOf(task), 1);
      task.fail(new Error(`${task.job.name} has stopped a thread, and there is no other to ask it of`));
    }
    return false;
  }

  /** What has stopped one thread may not stop another; a second time is once too often. */
  private askAgain(task: Task, failure: string | undefined): void {
    if (task.again) {
      task.fail(new Error(failure ?? `${task.job.name} has stopped a thread twice, and is not asked again`));
    } else if (!task.signal.aborted) {
      task.again = true;
      task.stops = failure === undefined;
      this.enqueue(task);
    }
  }

  /** The next question for this thread. What has stopped a thread is for another worker: it would stop the page. */
  private mine(): Task | undefined {
    const place = this.alone ? this.waiting.findIndex(({ stops }) => !stops) : -1;
    return place < 0 ? undefined : this.waiting.splice(place, 1)[0];
  }

  /** Answers on this thread, one question after the other; in between others get their turn. */
  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let task = this.mine(); task; task = this.mine()) {
      await new Promise((resolve) => setTimeout(resolve));
      await this.answer(task);
    }
    this.working = false;
  }

  private async answer(task: Task): Promise<void> {
    try {
      if (!task.signal.aborted) for await (const answer of perform(task.job, task.signal)) task.take(answer);
      task.done();
    } catch (error) {
      if (task.again || !engineFailed(error)) return task.fail(error);
      task.again = true;
      return this.answer(task);
    }
  }
}

/** The threads of this document. */
export const pool = new Pool();
