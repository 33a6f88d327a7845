/** Folders that are gone when the process ends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders = [];

process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "moving-parts-"));
  folders.push(folder);
  return folder;
}
