/** All state of the page, as the fragment of its address: the engine's link, and what is being looked at. */
import { catalog, type Field, fromLink, type MovingPartsError, type Problem, type Scenario } from "#engine";
import { linkOf } from "./said.ts";

/** What is being looked at. */
export interface View {
  /** The variant shown for each approach, where it is not the cheapest. */
  pick: Record<string, string>;
  /** The number whose derivation is open. */
  open: { variant: string; metric: string; month?: number } | undefined;
  /** Whether the chart over time adds the months up. */
  cumulative: boolean;
  /** The sections whose figure is shown as a table. */
  tables: string[];
  /** Paths of the axes of the map. */
  map: { x: string; y: string };
  /** Whether all nine variants are listed. */
  nine: boolean;
  /** The variant whose parts are shown, where it is not the cheapest. */
  parts: string | undefined;
  /** The link of the scenario that all is held against. */
  pin: string | undefined;
  /** Whether only those inputs are shown in which the scenario differs from what is pinned. */
  only: boolean;
  theme: "light" | "dark" | undefined;
  /** Whether the inputs are open, where they are a sheet over the page; no part of the link. */
  sheet: boolean;
}

export interface State {
  scenario: Scenario;
  view: View;
}

/** What the page shows when nothing is asked. */
export const START: State = { scenario: { preset: "shermans-2011" }, view: emptyView() };

export function emptyView(): View {
  return {
    pick: {},
    open: undefined,
    cumulative: false,
    tables: [],
    map: { x: "workload.weeklyUsers", y: "services.count" },
    nine: false,
    parts: undefined,
    pin: undefined,
    only: false,
    theme: undefined,
    sheet: false,
  };
}

/** The inputs that can be an axis of the map. */
export function axes(): Field[] {
  return catalog().fields.filter(({ kind, path }) => (kind === "number" || kind === "count") && !path.includes("[]"));
}

const PREFIX = "page.";

/** The fragment of a state. */
export function write({ scenario, view }: State): string {
  const pairs: [string, string][] = [];
  for (const [approach, variant] of Object.entries(view.pick)) pairs.push([`pick.${approach}`, variant]);
  if (view.open) {
    const { variant, metric, month } = view.open;
    pairs.push(["open", [variant, metric, ...(month === undefined ? [] : [month])].join(":")]);
  }
  if (view.cumulative) pairs.push(["time", "cumulative"]);
  if (view.tables.length > 0) pairs.push(["tables", view.tables.join(",")]);
  const { map } = emptyView();
  if (view.map.x !== map.x || view.map.y !== map.y) pairs.push(["map", `${view.map.x},${view.map.y}`]);
  if (view.nine) pairs.push(["approaches", "nine"]);
  if (view.parts) pairs.push(["parts", view.parts]);
  if (view.pin) pairs.push(["pin", view.pin]);
  if (view.pin && view.only) pairs.push(["inputs", "differing"]);
  if (view.theme) pairs.push(["theme", view.theme]);
  return `#${linkOf(scenario)}${pairs.map(([key, value]) => `&${PREFIX}${key}=${encodeURIComponent(value)}`).join("")}`;
}

/**
 * The state of a fragment. What the page does not know of its own keys is left out; they only say what is looked at.
 * @throws {MovingPartsError} with every problem of the scenario in it.
 */
export function read(fragment: string): State {
  const pairs = fragment.replace(/^#/, "").split("&");
  const own = pairs.filter((pair) => pair.startsWith(PREFIX));
  const link = pairs.filter((pair) => !pair.startsWith(PREFIX)).join("&");
  if (link === "") return START;
  const view = emptyView();
  for (const pair of own) {
    const at = pair.indexOf("=");
    const key = pair.slice(PREFIX.length, at);
    const value = decode(pair.slice(at + 1));
    if (key.startsWith("pick.")) view.pick[key.slice(5)] = value;
    else if (key === "open") {
      const [variant, metric, month] = value.split(":");
      if (variant && metric) view.open = { variant, metric, ...(month ? { month: Number(month) } : {}) };
    } else if (key === "time") view.cumulative = value === "cumulative";
    else if (key === "tables") view.tables = value.split(",").filter((id) => id !== "");
    else if (key === "map") {
      const [x, y] = value.split(",");
      if (axes().some(({ path }) => path === x) && axes().some(({ path }) => path === y) && x !== y) {
        view.map = { x: x!, y: y! };
      }
    } else if (key === "approaches") view.nine = value === "nine";
    else if (key === "parts") view.parts = value;
    else if (key === "pin") view.pin = value;
    else if (key === "inputs") view.only = value === "differing";
    else if (key === "theme" && (value === "light" || value === "dark")) view.theme = value;
  }
  return { scenario: linked(link), view };
}

/**
 * The scenario of a link. The engine stops at a piece that is of no form; what else is wrong is told with it.
 * @throws {MovingPartsError} with every problem.
 */
function linked(link: string): Scenario {
  try {
    return fromLink(link);
  } catch (error) {
    const bad = formless(link);
    if (bad.size === 0) throw error;
    const rest = link.split("&").filter((piece) => !bad.has(piece));
    const others = problemsIn(rest.join("&"));
    throw Object.assign(error as MovingPartsError, { problems: [...[...bad.values()].flat(), ...others] });
  }
}

/** The pieces of a link that are of no form, with why; none where the link is none at all. */
function formless(link: string): Map<string, Problem[]> {
  const [version, ...pieces] = link.split("&");
  const bad = new Map<string, Problem[]>();
  if (problemsIn(version!).length > 0) return bad;
  for (const piece of pieces) {
    const problems = problemsIn(`${version}&${piece}`).filter(({ code }) => code === "badLink");
    if (problems.length > 0) bad.set(piece, problems);
  }
  return bad;
}

function problemsIn(link: string): Problem[] {
  try {
    fromLink(link);
    return [];
  } catch (error) {
    return (error as MovingPartsError).problems;
  }
}

/**
 * A fragment without what stands in the way of following it. Nothing if it cannot be followed even so, or if it is then
 * another company: one without its preset, or with nothing left of it.
 */
export function mended(fragment: string, problems: readonly Problem[]): string | undefined {
  const wrong = new Set(problems.map(({ path }) => path));
  const pairs = fragment.split("&");
  const bad = formless(fragment.replace(/^#/, ""));
  const rest = pairs.filter((pair) => !bad.has(pair) && !wrong.has(decode(pair.split("=", 1)[0]!)));
  const said = rest.filter((pair) => !pair.startsWith(PREFIX));
  if (rest.length === pairs.length || wrong.has("preset") || said.length < 2) return undefined;
  const link = rest.join("&");
  try {
    read(link);
    return link;
  } catch (error) {
    return mended(link, (error as MovingPartsError).problems ?? []);
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
