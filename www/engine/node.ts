/** Node: the wasm lies beside this file and is loaded at once. */
import { readFileSync } from "node:fs";
import { start } from "./core.ts";

start(new WebAssembly.Module(readFileSync(new URL("./moving_parts.wasm", import.meta.url))));

export * from "./public.ts";

/** Resolves at once: in Node the engine is ready after the import. */
export async function init(): Promise<void> {}
