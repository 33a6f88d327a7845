/** The lists: what there is of presets, inputs, metrics, facts and parts. */
import * as engine from "../engine/node.ts";
import { exact, hours, usd } from "../engine/words.ts";
import type { Input, Result } from "./commands.ts";
import { needed, UsageError } from "./options.ts";

/** Those that have the word in what is said of them, whatever its case; all if there is none. */
function having<T>(all: readonly T[], word: string | undefined, said: (one: T) => string[]): T[] {
  const sought = word?.toLowerCase() ?? "";
  const found = all.filter((one) => said(one).some((text) => text.toLowerCase().includes(sought)));
  if (found.length === 0) throw new UsageError(`nothing that is listed here has "${word}" in it`);
  return found;
}

export function presets({ word }: Input): Result {
  const found = having(engine.presets(), word, ({ id, company, origin }) => [id, company, origin]);
  const rows = found.map(({ id, company, origin }) => [id, company, origin]);
  return {
    data: found,
    shown: () => ({
      columns: ["preset", "company", "where its inputs come from"],
      rows,
      note: `moving-parts scenario --preset ${found[0]!.id} writes one as JSON, to start a file from`,
    }),
    plain: () => ({ columns: ["id", "company", "origin"], rows }),
  };
}

/** What a scenario says of a field. */
type Said = number | boolean | string | string[] | { p10: number; p50: number; p90: number } | undefined;

/** What holds of each field if a scenario says nothing, as one would say it; of a list's numbers nothing, as it is empty. */
function defaults(): (field: engine.Field) => Said {
  const ranges = engine.ranges({});
  const sets = engine.sets({});
  return ({ path, kind, options }) => {
    const range = ranges[path];
    if (!range) return undefined;
    if (kind === "set") return sets[path]!;
    if (kind === "flag") return range.p50 === 1;
    if (kind === "choice") return options![range.p50];
    return range.p10 === range.p90 ? range.p50 : range;
  };
}

/** The same as `--set` takes it. */
function typed(said: Said): string {
  const digits = (value: number) => String(Number(value.toPrecision(6)));
  if (typeof said === "number") return digits(said);
  if (Array.isArray(said)) return said.join(",");
  if (typeof said === "object") return [said.p10, said.p50, said.p90].map(digits).join("..");
  return String(said ?? "");
}

export function inputs({ word }: Input): Result {
  const { fields, listFields } = engine.catalog();
  const all = having([...fields, ...listFields], word, ({ path, label, doc }) => [path, label, doc]);
  const standard = defaults();
  const found = all.map((field) => ({ ...field, default: standard(field) }));
  // What flags, choices and sets allow are their names.
  const limits = ({ kind, min, max }: engine.Field) => (kind === "number" || kind === "count" ? [min, max] : []);
  return {
    data: found,
    shown: () => ({
      columns: ["path", "if nothing is said", "from", "to", "unit", "kind", "what it is"],
      rows: found.map((field) => {
        const { path, kind, options, unit, label, doc } = field;
        const [from = "", to = ""] = limits(field).map(exact);
        return [path, typed(field.default), from, to, unit, options ? options.join(", ") : kind, doc || label];
      }),
    }),
    plain: () => ({
      columns: ["path", "kind", "unit", "default", "p10", "p90", "min", "max", "options", "label", "doc"],
      rows: found.map((field) => {
        const { path, kind, options, unit, label, doc, default: said } = field;
        const range = typeof said === "object" && "p10" in said ? said : undefined;
        const middle = range?.p50 ?? (typeof said === "number" ? said : typed(said));
        const [min, max] = limits(field);
        return [path, kind, unit, middle, range?.p10, range?.p90, min, max, options?.join(","), label, doc];
      }),
    }),
  };
}

export function metrics({ word }: Input): Result {
  const found = having(engine.catalog().metrics, word, ({ id, label, doc }) => [id, label, doc]);
  return {
    data: found,
    shown: () => ({
      columns: ["metric", "unit", "what it is"],
      rows: found.map(({ id, unit, label, doc }) => [id, unit, doc || label]),
    }),
    plain: () => ({
      columns: ["id", "unit", "label", "doc"],
      rows: found.map(({ id, unit, label, doc }) => [id, unit, label, doc]),
    }),
  };
}

export function facts({ word }: Input): Result {
  const found = having(engine.facts(), word, ({ id, label, source, note }) => [id, label, source, note]);
  const columns = ["id", "p10", "p50", "p90", "unit", "date", "confidence", "source"];
  const row = ({ id, p10, p50, p90, unit, date, confidence, source }: engine.Fact, trust: string = confidence) => [
    id,
    p10,
    p50,
    p90,
    unit,
    date,
    trust,
    source,
  ];
  return {
    data: found,
    shown: () => ({
      columns,
      rows: found.map((fact) => row(fact, fact.estimate ? `${fact.confidence}, estimate` : fact.confidence)),
    }),
    plain: () => ({
      columns: [...columns, "estimate", "label", "note"],
      rows: found.map((fact) => [...row(fact), fact.estimate, fact.label, fact.note]),
    }),
  };
}

/** Of a company: the parts of one way, and what each costs its team. */
export function parts({ scenario, options }: Input): Result {
  const variant = needed(options, "variant", "managed-kubernetes");
  const prices = engine.partPrices(scenario, { variant });
  return {
    data: prices,
    shown: () => ({
      columns: ["part", "layer", "skill", "who runs it", "hours a month", "a month"],
      rows: prices.map(({ part, hoursPerMonth, usdPerMonth }) => [
        part.name,
        part.layer,
        part.skill,
        part.responsibility === "selfRun" ? "the team" : part.responsibility === "managed" ? "a provider" : "used only",
        hours(hoursPerMonth),
        usd(usdPerMonth, 3),
      ]),
      note: "what would change if the part were not there; two that share a skill each keep it, so they do not add up",
    }),
    plain: () => ({
      columns: ["part", "layer", "skill", "responsibility", "hoursPerMonth", "usdPerMonth"],
      rows: prices.map(({ part, hoursPerMonth, usdPerMonth }) => [
        part.id,
        part.layer,
        part.skill,
        part.responsibility,
        hoursPerMonth,
        usdPerMonth,
      ]),
    }),
  };
}
