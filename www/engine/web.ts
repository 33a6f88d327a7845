/** Browsers: the wasm is fetched from beside this file, or from where the host says. */
import { start as startCore } from "./core.ts";

export * from "./public.ts";

let loading: Promise<void> | undefined;

/**
 * Loads the engine once; later calls give the same promise.
 * @param source Where the wasm is, if it is not beside this file.
 * @param compiling The wasm, where somebody compiles it already. If that fails it is loaded from its source after all.
 * @throws If the wasm cannot be loaded; the message says whether it was the network, its type, or a security policy.
 */
export function init(
  source: URL | string = new URL("./moving_parts.wasm", import.meta.url),
  compiling?: Promise<WebAssembly.Module>,
): Promise<void> {
  loading ??= start(source, compiling).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start(source: URL | string, compiling?: Promise<WebAssembly.Module>): Promise<void> {
  // Why it failed is found out on the way that can tell.
  const compiled = await compiling?.catch(() => undefined);
  if (compiled) return startCore(compiled);
  const address = String(source);
  if (address.startsWith("file:")) {
    throw new Error(`${address}: a page opened from disk may not fetch; use moving-parts/inline, which holds its wasm`);
  }
  let response: Response;
  try {
    response = await fetch(source);
  } catch (error) {
    const reason = "the network failed, or a policy (connect-src) or another origin (CORS) forbids it";
    throw new Error(`${address} could not be fetched: ${reason}`, { cause: error });
  }
  if (!response.ok) throw new Error(`${address} could not be fetched: the server answered ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (new DataView(bytes).byteLength < 4 || new DataView(bytes).getUint32(0) !== 0x0061736d) {
    const kind = response.headers.get("content-type") ?? "no type";
    throw new Error(`${address} is not WebAssembly (it came as ${kind}); check the address and the server's files`);
  }
  await startFrom(address, bytes);
}

/**
 * Starts the engine from the bytes of its wasm.
 * @internal
 */
export async function startFrom(name: string, bytes: BufferSource): Promise<void> {
  try {
    startCore(await WebAssembly.compile(bytes));
  } catch (error) {
    const reason = "a security policy forbids it unless script-src allows 'wasm-unsafe-eval'";
    throw new Error(`${name} could not be started: ${reason}`, { cause: error });
  }
}
