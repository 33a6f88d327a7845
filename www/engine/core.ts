/** The way to the wasm, and the errors that are found before it. */
import * as glue from "#glue";
import type { MovingPartsError, Problem, Scenario } from "./api.ts";

let started: WebAssembly.Module | undefined;
/** How often the core was started anew. What lay in it before is gone. */
let restarts = 0;
/** Calls into the wasm that are under way: data of the caller's own may call it too, while it is being read. */
let depth = 0;
/** Errors that went through the wasm on their way, whatever they are. */
const passed = new WeakSet<object>();

/** Starts the core from its compiled wasm; called by the entry that has it. */
export function start(module: WebAssembly.Module): void {
  glue.initSync({ module });
  started = module;
}

/** The compiled wasm: another thread starts from it without compiling it again. */
export function compiled(): WebAssembly.Module | undefined {
  return started;
}

/**
 * Runs a call into the wasm. What fails inside it leaves it in no known state: a trap, or an exception of the caller's own
 * data, such as a getter that throws. It is then started anew, and the next call finds it as it was at first.
 * @throws {MovingPartsError} of code `engineFailed` where the fault is the engine's; any other error as it is.
 */
function guarded<T>(call: () => T): T {
  depth += 1;
  try {
    return call();
  } catch (error) {
    // What the engine refuses it has thrown in good order.
    const inOrder = error instanceof Error && error.name === "MovingPartsError" && !passed.has(error);
    if (depth > 1 && error instanceof Error) passed.add(error);
    if (inOrder) throw error;
    glue.__wbg_reset_state();
    restarts += 1;
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    const reason = `the engine failed (${error.message}) and was started anew`;
    throw orderly("engineFailed", "", `${reason}; the fault is its own: please report it with what was asked`, error);
  } finally {
    depth -= 1;
  }
}

/** Something that lies in the wasm. */
export interface Kept<T> {
  /** Asks it something. Such calls are guarded, and refused once the wasm was started anew without it. */
  ask<A>(call: (it: T) => A): A;
  /** Frees it, if it is still there. */
  free(): void;
}

/** Makes something of a scenario in the wasm, and keeps it. */
export function kept<T extends { free(): void }>(
  scenario: Scenario,
  make: (core: typeof glue, scenario: unknown) => T,
): Kept<T> {
  ready();
  const born = restarts;
  // What is undefined has not been said; the core would take it for null.
  const data = filled(scenario);
  const it = guarded(() => make(glue, data));
  return {
    ask: (call) => {
      if (born === restarts) return guarded(() => call(it));
      throw orderly("engineFailed", "", "the engine was started anew while this was being asked; ask again");
    },
    free: () => {
      if (born === restarts) it.free();
    },
  };
}

/** Data lies no deeper than this: what does refers to itself, and is the core's to refuse. */
const DEEPEST = 16;

/** Whether something in data is undefined. Of what is no plain data nothing is known. */
function hasGap(data: unknown, depth = 0): boolean {
  if (typeof data !== "object" || data === null || depth === DEEPEST) return false;
  if (Symbol.iterator in data && !Array.isArray(data)) return false;
  return Object.values(data).some((value) => value === undefined || hasGap(value, depth + 1));
}

/** A copy of data without what is undefined. */
function filled(data: unknown): unknown {
  if (!hasGap(data)) return data;
  if (Array.isArray(data)) return data.map(filled);
  const entries = Object.entries(data as object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, filled(value)]));
}

type Call = (...operands: unknown[]) => unknown;

/** What is made in the wasm, and not answered at once: by {@link kept} alone. */
type Made = "Study" | "Question" | "plan" | "sweep" | "sensitivity" | "winners";

/** The functions of the wasm, each of which is guarded. */
const functions = new Proxy(glue, {
  get(all, name: keyof typeof glue) {
    const found = all[name] as Call;
    return (first?: unknown, ...others: unknown[]) => {
      const data = filled(first);
      return guarded(() => found(data, ...others));
    };
  },
});

function ready(): void {
  if (!started) throw orderly("notReady", "", "the engine has not started; await init() before the first call");
}

/** The functions of the wasm that answer at once. */
export function core(): Omit<typeof glue, Made> {
  ready();
  return functions;
}

function orderly(code: string, path: string, message: string, cause?: unknown): MovingPartsError {
  const error = new Error(message, cause === undefined ? {} : { cause });
  return Object.assign(error, { name: "MovingPartsError" as const, code, path, problems: [] });
}

/** Whether an error says that the engine failed, and not that what it was asked was wrong: asked again it may succeed. */
export function engineFailed(error: unknown): boolean {
  return (error as Partial<MovingPartsError> | undefined)?.code === "engineFailed";
}

/** An error that tells of several problems, as the core makes it. */
export function refused(problems: Problem[]): MovingPartsError {
  const words = problems.map(({ path, message, remedy }) => `${path === "" ? "" : `${path}: `}${message}; ${remedy}`);
  const { code, path } = problems[0]!;
  return Object.assign(new Error(words.join("\n")), { name: "MovingPartsError" as const, code, path, problems });
}

/** An error with one problem. */
export function problem(code: string, path: string, message: string, remedy: string): MovingPartsError {
  return refused([{ code, path, message, remedy }]);
}

/** A value as it was written, in short. */
export function written(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value).slice(0, 60);
}

/** A number that a question was given; the core refuses what is not allowed there. */
export function number(path: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw problem("notANumber", path, `${written(value)} is not a number`, "write a number such as 3000000");
}

/** The largest whole number that the core takes. */
const MOST = 4294967295;

/** A whole number, none below zero. */
export function count(path: string, value: unknown): number {
  const whole = number(path, value);
  if (whole > MOST) throw problem("outOfRange", path, `${whole} is too large`, `write at most ${MOST}`);
  if (Number.isInteger(whole) && whole >= 0) return whole;
  throw problem("notWhole", path, `${whole} is not a whole number`, "write a whole number, counted from 0");
}
