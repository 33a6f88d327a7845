/** The engine from the wasm inside this file, where it lies compressed: many hosts send files as they are. */
import packed from "#packed";
import { startFrom } from "../engine/web.ts";

export async function begin(): Promise<void> {
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  await startFrom("the wasm of this script", await new Response(unpacked).arrayBuffer());
}
