/** Anywhere: the wasm is inside this file. Larger, and it works from disk and in every bundler. */
import { initSync } from "#glue";
import wasm from "#wasm";
import { ready } from "./core.ts";

initSync({ module: wasm });
ready();

export * from "./public.ts";

/** Resolves at once: the engine is ready after the import. */
export async function init(): Promise<void> {}
