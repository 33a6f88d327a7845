/** The engine from the wasm beside this file, or from where its script tag says: `data-wasm="https://…/moving_parts.wasm"`. */
import { init } from "../engine/web.ts";

// A module has no script tag of its own; there the host's address is the base.
const script = document.currentScript as HTMLScriptElement | null;
const source = new URL(script?.dataset.wasm ?? "moving_parts.wasm", script?.src || document.baseURI);

export function begin(): Promise<void> {
  return init(source);
}
