/** The engine from the wasm inside this file. */
import wasm from "#wasm";
import { startFrom } from "../engine/web.ts";

export function begin(): Promise<void> {
  return startFrom("the wasm of this script", wasm);
}
