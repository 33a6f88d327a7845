/** The company that is asked about: from a file, a link or a line, with a preset under it and changes over it. */
import { readFileSync } from "node:fs";
import type { MovingPartsError, PresetId, Scenario } from "../engine/api.ts";
import * as engine from "../engine/node.ts";
import { type Options, UsageError } from "./options.ts";

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
  const own = base?.preset;
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
    throw dotted(error as MovingPartsError);
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

/** On the line a range is written with dots, and not as JSON. */
function dotted(error: MovingPartsError): MovingPartsError {
  const words = (text: string) => text.replaceAll('{"p10": 3e6, "p90": 5e6}', "3e6..5e6");
  error.message = words(error.message);
  for (const problem of error.problems) problem.remedy = words(problem.remedy);
  return error;
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
