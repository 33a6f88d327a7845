/** The company that is asked about: from a file, a link or a line, with a preset under it and changes over it. */
import { readFileSync } from "node:fs";
import type { MovingPartsError, PresetId, Scenario } from "../engine/api.ts";
import * as engine from "../engine/node.ts";
import { misread, type Options, UsageError } from "./options.ts";

/** What the options but `--lines` and `--set` say. */
export function company(options: Options): Scenario {
  const { scenario, link, preset } = options;
  if (scenario !== undefined && link !== undefined) throw new UsageError("--scenario and --link: give one of them");
  const base = scenario !== undefined ? readScenario(scenario) : link !== undefined ? linked(link) : {};
  return withPreset(base, preset);
}

/** A company with a preset under it; its own preset is not put aside for another one. */
export function withPreset(base: Scenario, preset: string | undefined): Scenario {
  if (preset === undefined) return base;
  const own: unknown = base?.preset;
  // What is no company, or whose preset is no name, is refused as that.
  if (typeof base !== "object" || base === null || Array.isArray(base) || !["undefined", "string"].includes(typeof own))
    engine.toLink(base);
  if (own !== undefined && own !== preset) {
    throw new UsageError(`--preset: the company starts from "${own}" already, and not from "${preset}"; leave one out`);
  }
  return { ...base, preset: preset as PresetId };
}

/** The scenario with everything that its preset says. */
export function whole(scenario: Scenario): Scenario {
  const { preset, ...own } = scenario;
  if (preset === undefined) return scenario;
  return engine.fromLink(`${engine.toLink(engine.preset(preset))}&${pairsOf(own)}`);
}

/** What a link says behind its version. */
function pairsOf(scenario: Scenario): string {
  return engine.toLink(scenario).split("&").slice(1).join("&");
}

/** A link's scenario. */
function linked(link: string): Scenario {
  const fragment = link.slice(link.indexOf("#") + 1);
  // The page shows a company even so, but says nowhere which.
  if (fragment === "" || fragment.startsWith("page."))
    throw new UsageError(`--link: "${link}" names no company; write one such as v1&preset=seed-startup`);
  return engine.fromLink(link);
}

/** The scenario with the changes of --set. */
export function changed(base: Scenario, changes: readonly string[]): Scenario {
  if (changes.length === 0) return base;
  const pairs = changes.map((change) => {
    const at = change.indexOf("=");
    if (at < 1) throw new UsageError(`--set: "${change}" is not of the form PATH=VALUE`);
    const [path, value] = [change.slice(0, at), change.slice(at + 1)];
    if (value !== "") notSeveral(path);
    return `&${encodeURIComponent(path)}=${encodeURIComponent(value)}`;
  });
  const link = engine.toLink(base);
  try {
    // A link is the same list of paths and values: the engine reads and checks both in one place.
    return engine.fromLink(link + pairs.join(""));
  } catch (error) {
    throw typed(error as MovingPartsError, changes);
  }
}

/** A path under which there are several numbers takes no value of its own. */
function notSeveral(path: string): void {
  const { fields, listFields } = engine.catalog();
  const inside = [...fields, ...listFields]
    .map((field) => field.path.replace("[]", ".0"))
    .filter((known) => known.startsWith(`${path}.`));
  if (inside.length === 0) return;
  const some = inside.slice(0, 4).join(", ");
  throw new UsageError(`--set: ${path} is not one number; set what is in it: ${some}${inside.length > 4 ? ", …" : ""}`);
}

/** An error of --set, in the words of the line: there a range is written with dots, and not as JSON. */
function typed(error: MovingPartsError, changes: readonly string[]): MovingPartsError {
  const values = new Map(
    changes.map((change) => [change.slice(0, change.indexOf("=")), change.slice(change.indexOf("=") + 1)]),
  );
  const problems = error.problems.map((problem) => {
    const { path, remedy } = problem;
    const own = remedy.replace(/\{"p10": (\S+), "p90": (\S+)\}/, "$1..$2");
    return { ...problem, remedy: own, ...misread(values.get(path) ?? "") };
  });
  const words = problems.map(({ path, message, remedy }) => `--set (${path}): ${message}; ${remedy}`);
  return Object.assign(error, { problems, ...(words.length > 0 && { message: words.join("\n") }) });
}

function readScenario(file: string): Scenario {
  let content: string;
  try {
    content = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UsageError(`--scenario: ${file} cannot be read: ${(error as Error).message}`);
  }
  if (content.trim() === "") throw new UsageError(`--scenario: ${file} is empty; write {} for a company of defaults`);
  return json(content, `--scenario: ${file}`);
}

/** What is written as JSON; some editors put a mark before it that is no part of it. */
export function json(content: string, where: string): Scenario {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${(error as Error).message}`);
  }
}
