/** A question on every line, an answer on every line, in the same order; no more than one line is held at a time. */
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { MovingPartsError, Scenario } from "../engine/api.ts";
import type { Result } from "./commands.ts";
import { json, withPreset } from "./company.ts";
import { UsageError } from "./options.ts";
import { progress } from "./output.ts";

export interface Lines {
  /** The file that is read; - for standard input. */
  file: string;
  preset: string | undefined;
  /** The file that is written; standard output if none is named. */
  output: string | undefined;
  answer: (scenario: Scenario) => Promise<Result>;
}

export async function lines({ file, preset, output, answer }: Lines): Promise<void> {
  const source = file === "-" ? process.stdin : createReadStream(file);
  const sink = output === undefined ? process.stdout : createWriteStream(output);
  const failed = new Promise<never>((_, reject) => {
    source.on("error", (error: Error) => reject(new UsageError(`--lines: ${file} cannot be read: ${error.message}`)));
    if (sink !== process.stdout) {
      sink.on("error", (error: Error) =>
        reject(new UsageError(`--output: ${output} cannot be written: ${error.message}`)),
      );
    }
  });
  const each = async () => {
    let number = 0;
    for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (line.trim() === "") continue;
      let said: unknown;
      try {
        const { data, failed } = await answer(withPreset(json(line, `line ${number}`), preset));
        said = data;
        if (failed) process.exitCode = 2;
      } catch (error) {
        if (!known(error)) throw error;
        said = { error: { line: number, ...told(error as Error) } };
        process.exitCode = 2;
      }
      // A reader that is slower than this program is waited for.
      if (!sink.write(`${JSON.stringify(said)}\n`)) {
        await once(sink, "drain");
      }
      if (number % 100 === 0) progress(`${number} lines`);
    }
    progress("");
    if (sink !== process.stdout) sink.end();
  };
  await Promise.race([each(), failed]);
}

/** Whether an error is the user's to mend. */
export function known(error: unknown): boolean {
  return error instanceof UsageError || (error as MovingPartsError).name === "MovingPartsError";
}

/** An error as data, with at least one problem. */
function told(error: Error) {
  const { message } = error;
  const { code = "unreadable", path = "", problems = [] } = error as MovingPartsError;
  const remedy = 'write a scenario on one line, such as {"preset": "seed-startup"}';
  return { code, path, message, problems: problems.length > 0 ? problems : [{ code, path, message, remedy }] };
}
