/** What people type into a field, and how a field shows what it holds. */
import type { Field, Problem, Uncertain } from "../engine/api.ts";
import { capital } from "../engine/words.ts";
import { optionLabel } from "./options.ts";

/** What is believed of a number, in the field's own words. */
export interface Range {
  p10: number;
  p50: number;
  p90: number;
}

/** What of a field decides how it is read. */
type Entered = Pick<Field, "unit"> & Partial<Pick<Field, "kind" | "low" | "high">>;

/** What was typed: a value, or why it is none. */
export type Parsed = { value: Uncertain } | { error: string };

const SUFFIXES: Record<string, number> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, bn: 1e9, billion: 1e9 };
// Thousands may be apart by commas or spaces, in groups of three; other spaces part the numbers of a range.
const NUMBER = String.raw`[+-]?(?:[1-9]\d{0,2}(?:[,\s]\d{3})+|\d*)(?:\.\d+)?(?:e[+-]?\d+)?`;
const ONE = new RegExp(`^(${NUMBER})\\s*(k|thousand|m|million|bn|billion|%)?$`, "i");

/** Whether a field holds shares, which people write in percent. */
export function inPercent(field: Pick<Field, "unit">): boolean {
  return field.unit === "share" || field.unit.startsWith("share/");
}

/** Reads `4000000`, `4,000,000`, `4M`, `4 million`, `95%`, and ranges `3M-5M`, `3M..5M`, `4M ± 20%`, `3M 4M 5M`. */
export function parse(text: string, field: Entered): Parsed {
  const typed = text.trim().replace(/^\$\s*/, "");
  const single = one(typed, field);
  if (single !== undefined) return { value: single };
  if (field.kind === "number") {
    const range = spread(typed, field);
    if (range) return { value: range };
    const numbers = list(typed, field);
    if (numbers) return rising(typed, numbers);
  }
  const shown = quoted(text);
  const pointed = text.trim().replace(/(?<=\d),(?=\d)/g, ".");
  if (pointed !== text.trim() && !("error" in parse(pointed, field)))
    return { error: `In ${shown} a comma could only part thousands. For a decimal write a point: ${pointed}.` };
  if (text.trim() === "")
    return { error: field.kind === "count" ? "Write a whole number." : `Write a number: ${example(field)}.` };
  return { error: `${shown} is not a number. Write ${field.kind === "count" ? "a whole number" : example(field)}.` };
}

/** How a number and a range of a field are written, by ones as large as those that it usually holds. */
function example(field: Entered): string {
  if (inPercent(field)) return "95, 95% or a range such as 90-98";
  const usual = Number(Math.sqrt((field.low ?? 0) * (field.high ?? 0)).toPrecision(1));
  return usual > 0 && usual < 1000
    ? `${usual}, or a range such as ${usual / 2}-${usual * 2}`
    : "4000000, 4M or 4 million, or a range such as 3M-5M";
}

function quoted(text: string): string {
  return `“${text.trim().slice(0, 40)}”`;
}

function one(text: string, field: Entered): number | undefined {
  const match = ONE.exec(text.trim());
  const digits = match?.[1]?.replace(/[,\s]/g, "") ?? "";
  if (!match || digits === "" || !/\d/.test(digits)) return undefined;
  const value = Number(digits);
  if (!Number.isFinite(value)) return undefined;
  const suffix = match[2]?.toLowerCase();
  if (suffix === "%") return inPercent(field) ? ofPercent(value) : undefined;
  // 0.9995 of what is nearly whole is written as links and files have it: nobody means less than one percent.
  if (inPercent(field) && !suffix && value < 1 && (field.low ?? 0) > 0.5) return value;
  const scaled = value * (suffix ? SUFFIXES[suffix]! : 1);
  return inPercent(field) ? ofPercent(scaled) : scaled;
}

/** A share of what was written in percent; dividing 99.99 by 100 leaves a tail that nobody wrote. */
function ofPercent(percent: number): number {
  return Number((percent / 100).toPrecision(15));
}

/** `4M ± 20%`. */
function spread(text: string, field: Entered): Uncertain | undefined {
  const [left, right, more] = text.split(/±|\+\/-/);
  if (left === undefined || right === undefined || more !== undefined) return undefined;
  const middle = one(left, field);
  const width = /%\s*$/.test(right) ? one(right, { unit: "share" }) : undefined;
  if (middle === undefined || width === undefined || width < 0 || width >= 1) return undefined;
  const ends = [middle * (1 - width), middle * (1 + width)].sort((a, b) => a - b);
  return { p10: ends[0]!, p50: middle, p90: ends[1]! };
}

/** A number of a list, as it was typed and as it was meant. */
interface Typed {
  text: string;
  value: number;
}

/** `3M-5M`, `3M..5M`, `3M 4M 5M`. */
function list(text: string, field: Entered): Typed[] | undefined {
  const separators = [/\s*\.\.\s*/, /(?<=[\d%a-z])\s*[-–]\s*(?=[\d.])/i, /\s+/];
  for (const separator of separators) {
    const numbers = text.split(separator).flatMap((part) => {
      const value = one(part, field);
      return value === undefined ? [] : [{ text: part, value }];
    });
    if (numbers.length < 2 || numbers.length > 3 || numbers.length < text.split(separator).length) continue;
    return numbers;
  }
  return undefined;
}

/** The range of a list, which has to rise. */
function rising(text: string, numbers: Typed[]): Parsed {
  const inOrder = numbers.toSorted((a, b) => a.value - b.value);
  if (inOrder.some(({ value }, at) => value !== numbers[at]!.value)) {
    const instead = inOrder.map((number) => number.text).join(inOrder.length === 2 ? "-" : " ");
    return { error: `${quoted(text)} does not rise. Write the low end first: ${instead}.` };
  }
  const [low, middle, high] = numbers.map(({ value }) => value) as [number, number, number?];
  return { value: high === undefined ? { p10: low, p90: middle } : { p10: low, p50: middle, p90: high } };
}

const plain = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 12 });

/** A number in the unit of its field: shares are written in percent. */
export function inUnit(value: number, field: Pick<Field, "unit">): number {
  return inPercent(field) ? Number((value * 100).toPrecision(12)) : value;
}

/** A value to so many digits; of a share that is nearly whole, the rest has as many: 99.95 % is not 100 %. */
export function rounded(value: number, field: Pick<Field, "unit">, digits = 2): number {
  return inPercent(field) && value > 0.9 && value < 1
    ? Number((1 - Number((1 - value).toPrecision(digits))).toPrecision(12))
    : Number(value.toPrecision(digits));
}

/** What is wrong with a value of a field, and what is allowed, in the unit in which it was typed. */
export function problemShown(problem: Problem, field: Field): string {
  const size = { aboveMaximum: "large", belowMinimum: "small" }[problem.code];
  const { message, remedy } = problem;
  if (size === undefined || !inPercent(field)) return `${capital(message)}; ${remedy}.`;
  const typed = Number.parseFloat(message);
  return `${shown(typed, field)} % is too ${size}; allowed: ${shown(field.min, field)} to ${shown(field.max, field)} %.`;
}

/** The middle of a range is seldom a number that anybody wrote: to four digits it can be read. A share keeps its nines. */
export function readable(value: number, field: Pick<Field, "unit">): number {
  return Number.isInteger(value) || inPercent(field) ? value : Number(value.toPrecision(4));
}

/** A number as its field shows it, without rounding it away. */
export function shown(value: number, field: Pick<Field, "unit">): string {
  return plain.format(inUnit(value, field));
}

/** A range as its field shows it. */
export function shownRange(range: Range, field: Pick<Field, "unit">): string {
  if (range.p10 === range.p90) return shown(range.p50, field);
  return `${shown(range.p10, field)}–${shown(range.p90, field)}`;
}

/** What an input holds, in words or figures. */
export function inWords(field: Pick<Field, "path" | "unit" | "kind" | "options">, range: Range): string {
  if (field.kind === "choice") return optionLabel(field, field.options![range.p50]!);
  if (field.kind === "flag") return range.p50 === 0 ? "no" : "yes";
  return shownRange(range, field);
}

/** Units that stand beside a field; a unit that is its label's own word would only take the label's room. */
const UNITS: Record<string, string> = {
  "USD/hour": "$ / h",
  "GB/month": "GB / mo",
  "share/year": "% / yr",
  "share/month": "%",
  share: "%",
};
const SPELLED = new Set(["ms", "MB", "kB", "GB", "vCPU", "months", "minutes"]);

/** The unit beside a field. */
export function unitBeside(field: Pick<Field, "unit">): string {
  return UNITS[field.unit] ?? (SPELLED.has(field.unit) ? field.unit : "");
}

/** The unit in full. */
export function unitShown(field: Pick<Field, "unit">): string {
  return field.unit.replace(/^share/, "%").replace(/\//, " / ");
}

/** Steps of a slider, whether it is logarithmic or not. */
export const SLIDER_STEPS = 400;

/** Where on the slider a value lies, from 0 to {@link SLIDER_STEPS}. */
export function toSlider(value: number, field: Field): number {
  const at = field.log
    ? Math.log(Math.max(value, field.low) / field.low) / Math.log(field.high / field.low)
    : (value - field.low) / (field.high - field.low);
  return Math.round(Math.min(1, Math.max(0, at)) * SLIDER_STEPS);
}

/** The value at a place on the slider, rounded to what the place can tell. */
export function fromSlider(step: number, field: Field): number {
  const at = step / SLIDER_STEPS;
  const raw = field.log ? field.low * (field.high / field.low) ** at : field.low + (field.high - field.low) * at;
  if (step === 0) return field.low;
  if (step === SLIDER_STEPS) return field.high;
  if (field.kind === "count") return Math.max(field.min, Math.round(raw));
  if (field.log) return Number(raw.toPrecision(2));
  const unit = 10 ** (Math.floor(Math.log10(field.high - field.low)) - 2);
  return Number((Math.round(raw / unit) * unit).toPrecision(6));
}

/** The value so many places of the slider further on, up to its ends. */
export function further(value: number, places: number, field: Field): number {
  const from = toSlider(value, field);
  const to = Math.min(SLIDER_STEPS, Math.max(0, from + places));
  if (to === from) return value;
  const next = fromSlider(to, field);
  // On a fine scale two places may round to the same count: then one more is the step.
  return next === value ? Math.min(field.max, Math.max(field.min, value + Math.sign(places))) : next;
}
