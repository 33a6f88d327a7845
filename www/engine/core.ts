/** The way to the wasm, and the errors that are found before it. */
import * as glue from "#glue";
import type { MovingPartsError, Problem } from "./api.ts";

let started: WebAssembly.Module | undefined;

/** Starts the core from its compiled wasm; called by the entry that has it. */
export function start(module: WebAssembly.Module): void {
  glue.initSync({ module });
  started = module;
}

/** The compiled wasm: another thread starts from it without compiling it again. */
export function compiled(): WebAssembly.Module | undefined {
  return started;
}

/** The functions of the wasm. */
export function core(): typeof glue {
  if (!started) {
    throw Object.assign(new Error("the engine has not started; await init() before the first call"), {
      name: "MovingPartsError",
      code: "notReady",
      path: "",
      problems: [],
    });
  }
  return glue;
}

/** An error with one problem. */
export function problem(code: string, path: string, message: string, remedy: string): MovingPartsError {
  const only: Problem = { code, path, message, remedy };
  const error = new Error(`${path}: ${message}; ${remedy}`);
  return Object.assign(error, { name: "MovingPartsError" as const, code, path, problems: [only] });
}

/** A number that a question was given; the core refuses what is not allowed there. */
export function number(path: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw problem(
    "notANumber",
    path,
    `${JSON.stringify(value) ?? String(value)} is not a number`,
    "write a number such as 3000000",
  );
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
