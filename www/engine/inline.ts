/** Anywhere: the wasm is inside this file. Larger, and it works from disk and in every bundler. */
import wasm from "#wasm";
import { start } from "./core.ts";

start(new WebAssembly.Module(wasm));

export * from "./public.ts";

/** Resolves at once: the engine is ready after the import. */
export async function init(): Promise<void> {}
