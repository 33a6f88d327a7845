/** What shells complete: commands, their options, and the names that these take. */
import { readdirSync } from "node:fs";
import { RootCommand } from "@bomb.sh/tab";
import { commands } from "./commands.ts";
import { OPTIONS, type Option, type OptionName, UsageError } from "./options.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"];

/** `complete SHELL` writes the shell's script; that calls `complete -- WORDS`, which offers what may come next. */
export function complete(args: readonly string[]): void {
  const [shell, ...words] = args;
  const root = new RootCommand();
  for (const [name, { about, company, options, formats }] of Object.entries(commands)) {
    const command = root.command(name, about);
    const all: OptionName[] = [...options, ...company, "format", "output", "help"];
    for (const option of all) {
      const { value, about, offers }: Option = OPTIONS[option];
      const known = option === "format" ? () => formats.map((format): [string, string] => [format, ""]) : offers;
      if (value === undefined) command.option(option, about);
      else
        command.option(option, about, (offer) => {
          const some = known === "files" ? files(words.at(-1) ?? "") : (known?.() ?? []);
          for (const [value, meaning] of some) offer(value, meaning);
        });
    }
  }
  if (args.includes("--")) root.parse(args.slice(args.indexOf("--") + 1));
  else if (shell !== undefined && SHELLS.includes(shell)) root.setup("moving-parts", "moving-parts", shell);
  else throw new UsageError(`complete: which shell? Write ${SHELLS.map((name) => `complete ${name}`).join(", ")}`);
}

/** What a folder has under names that begin like this. */
function files(begun: string): [string, string][] {
  const folder = begun.slice(0, begun.lastIndexOf("/") + 1);
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true }).map((entry) => [
      `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`,
      "",
    ]);
  } catch {
    return [];
  }
}
