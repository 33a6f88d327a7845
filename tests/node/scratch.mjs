/** Folders that are gone when the process ends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty folder. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "moving-parts-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
