/** Numbers and findings in words: the same on the page, in the elements and in the command line. */
import type { Obstacle, Outcome } from "./api.ts";

const LOCALE = "en-US";
const scales: [number, string][] = [
  [1e9, " bn"],
  [1e6, " M"],
  [1e3, "k"],
];

/** Formatters are dear to make and cheap to keep: those for so many digits, and those for anything else. */
const byDigits = new Map<number, Intl.NumberFormat>();
const byOptions = new Map<string, Intl.NumberFormat>();

function kept<Key>(all: Map<Key, Intl.NumberFormat>, key: Key, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const known = all.get(key) ?? new Intl.NumberFormat(LOCALE, options);
  all.set(key, known);
  return known;
}

function significant(digits: number): Intl.NumberFormat {
  return byDigits.get(digits) ?? kept(byDigits, digits, { maximumSignificantDigits: digits });
}

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(byOptions, JSON.stringify(options), options);
}

/** A number to so many significant digits, with k and M: `62914` becomes `63k`. */
export function short(value: number, digits = 2): string {
  const size = Math.abs(value);
  const rounded = size === 0 ? 0 : Number(size.toPrecision(digits));
  const [scale, suffix] = scales.find(([scale]) => rounded >= scale) ?? [1, ""];
  const text = significant(digits).format(rounded / scale);
  return `${value < 0 ? "−" : ""}${text}${suffix}`;
}

/**
 * A range, its scale said once where both ends are written alike: `51–77k`. Otherwise each end has it, as one without could
 * be read as it stands: `1k–2.9k`, `0.28k–2.3k`.
 */
export function span(low: number, high: number, digits = 2): string {
  const [from, to] = [short(low, digits), short(high, digits)];
  if (from === to) return to;
  const scale = /[^\d.]*$/.exec(to)![0];
  if (scale === "k" && /^[1-9]\d*$/.test(from)) return `${significant(digits).format(low / 1000)}k–${to}`;
  const figures = from.slice(0, -scale.length);
  const decimals = (text: string) => /\.\d+/.exec(text)?.[0].length ?? 0;
  return scale !== "" && from.endsWith(scale) && high < 10 * low && decimals(from) === decimals(to)
    ? `${figures}–${to}`
    : `${from}–${to}`;
}

/** A text in which no amount is parted from its unit at the end of a line. */
export function amounts(text: string): string {
  return text.replace(/(?<=\d) (?=(?:M|bn|%)(?![\w]))/g, "\u00a0");
}

/** Dollars, to so many significant digits: `$63k`. */
export function usd(value: number, digits = 2): string {
  const text = short(Math.abs(value), digits);
  return value < 0 ? `−$${text}` : `$${text}`;
}

/** A number as exactly as it is known, with separators. */
export function exact(value: number): string {
  return significant(6).format(value);
}

/** A number as words would write it: `4 million`. */
export function spoken(value: number): string {
  return formatter({
    notation: "compact",
    compactDisplay: "long",
    maximumSignificantDigits: 3,
  }).format(value);
}

/** Hours as people say them. */
export function hours(value: number): string {
  return `${formatter({ maximumFractionDigits: value < 3 ? 1 : 0 }).format(value)} h`;
}

/** A time as people say it: minutes below two hours, hours below two days, then days of eight working hours. */
export function duration(inHours: number): string {
  if (inHours < 2) return `${Math.round(inHours * 60)} min`;
  return inHours < 16 ? hours(inHours) : `${short(inHours / 8)} days`;
}

/** A share in per cent. What is nearly whole has as many nines as it takes to tell it from the whole: `99.95 %`. */
export function share(value: number): string {
  if (value > 0 && value < 0.01) return "< 1 %";
  const rest = 1 - value;
  const digits = rest > 0 && rest < 0.01 ? -Math.floor(Math.log10(rest * 100)) : 0;
  return `${formatter({ maximumFractionDigits: digits }).format(value * 100)} %`;
}

/** A chance in hundredths: `36`; what is rare or nearly sure is not rounded to never or always. */
export function hundredths(chance: number): string {
  const times = Math.round(chance * 100);
  if (times === 0 && chance > 0) return "fewer than 1";
  if (times === 100 && chance < 1) return "more than 99";
  return String(times);
}

/** A chance as so many of a hundred: `36 of 100`. */
export function ofHundred(chance: number): string {
  return `${hundredths(chance)} of 100`;
}

/** A small number with one decimal, and below a tenth as just that. */
export function few(value: number): string {
  if (value > 0 && value < 0.1) return "< 0.1";
  return formatter({ maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** So many of something: `1 month`, `60 months`. */
export function count(number: number, thing: string, things = `${thing}s`): string {
  return `${exact(number)} ${named(exact(number), thing, things)}`;
}

/** The word for so many things, by their number as it is shown: `engineer` for `1`, `engineers` for `1.2`. */
export function named(shown: string, thing: string, things = `${thing}s`): string {
  return shown === "1" ? thing : things;
}

/** Hours of work as time for one engineer: `3 weeks`. */
export function calendar(workHours: number): string {
  if (workHours === 0) return "nothing";
  const days = workHours / 8;
  const [count, unit] = days < 1 ? [workHours, "hour"] : days < 10 ? [days, "day"] : [days / 5, "week"];
  const rounded = Math.max(1, Math.round(count));
  return `${rounded} ${unit}${rounded === 1 ? "" : "s"}`;
}

/** What stops a variant, as a sentence. */
export function obstacle(reason: Obstacle): string {
  if (reason === "notDecomposable") return "The software would have to be cut into functions first.";
  if (reason === "notSold") return "The price book has none of the chosen provider.";
  if (reason === "noSecondCopy") return "It is one machine; every role is to run twice.";
  if (reason === "noSecondSite") return "It has no second site, and one is always wanted.";
  if ("missesGoal" in reason) {
    const { allowedHours, expectedHours } = reason.missesGoal;
    // A near miss must not read as a hit: three digits.
    return `Machines and providers alone are down ${short(expectedHours, 3)} hours a year; the goal allows ${short(allowedHours, 3)}.`;
  }
  if ("coldStart" in reason) {
    const { coldMs, acceptableMs } = reason.coldStart;
    return `The first answer after a pause takes ${short(coldMs)} ms; ${short(acceptableMs)} are acceptable.`;
  }
  if ("serviceTooLarge" in reason) {
    const { neededGib, offeredGib } = reason.serviceTooLarge;
    return `One service needs ${short(neededGib, 3)} GiB; the largest has room for ${short(offeredGib, 3)}.`;
  }
  const until = (month: number) => (month > 1 ? ` It fits until month ${month - 1}.` : "");
  if ("tooMuchTraffic" in reason) {
    const { neededGb, offeredGb, month } = reason.tooMuchTraffic;
    return `Applications may have ${exact(offeredGb)} GB of traffic a month; ${short(neededGb, 3)} are needed.${until(month)}`;
  }
  const { neededVcpu, offeredVcpu, neededGib, offeredGib, month, ...beside } = reason.tooLargeForOneMachine;
  const { neededGbits, offeredGbits, neededGb, offeredGb } = beside;
  const from = until(month);
  if (neededVcpu > offeredVcpu)
    return `One machine holds ${exact(offeredVcpu)} vCPU; the peak needs ${short(neededVcpu, 3)}.${from}`;
  if (neededGbits > offeredGbits)
    return `One machine may send ${short(offeredGbits, 3)} Gbit/s; the peak needs ${short(neededGbits, 3)}.${from}`;
  return neededGb > offeredGb
    ? `Databases may fill ${exact(Math.floor(offeredGb))} GB of one machine’s disk; ${short(neededGb, 3)} are needed.${from}`
    : `One machine holds ${exact(offeredGib)} GiB; ${short(neededGib, 3)} are needed.${from}`;
}

/** The outcomes that fit, cheapest first. */
export function ranked(comparison: { variants: Outcome[] }): Outcome[] {
  return comparison.variants.filter((outcome) => outcome.feasible).sort((a, b) => a.totals.tcoUsd - b.totals.tcoUsd);
}

/** Whether two costs are too near to call one of them the cheaper: within a twentieth, far inside what is known. */
export function close(best: Outcome, second: Outcome): boolean {
  return second.totals.tcoUsd < best.totals.tcoUsd * 1.05;
}

/** Goes before what is said of some variants, as it may not hold of all; of one there is nothing to hold it against. */
export function among(shown: number, all: number): string {
  return shown === all || shown === 1 ? "" : `of these ${shown}, `;
}

/**
 * The answer as one sentence.
 * @param all How many variants there are: where fewer were asked for, it says so.
 */
export function verdict({ variants }: { variants: Outcome[] }, all: number): string {
  const [best, second] = ranked({ variants });
  const [only, other] = variants;
  const sentence = (text: string) => `${capital(among(variants.length, all) + text)}.`;
  const costs = ({ variant, label }: Outcome) => `${label} ${agree(variant, "costs", "cost")}`;
  if (!best) {
    if (!only || other) return sentence("nothing fits: see what stops each");
    return sentence(`${only.label} ${agree(only.variant, "does", "do")} not fit: see what stops it`);
  }
  const cost = `${usd(best.totals.monthlyUsd)} a month all-in`;
  if (!second) return sentence(`${costs(best)} ${cost}${other ? "; nothing else fits" : ""}`);
  const next = `${second.label} at ${usd(second.totals.monthlyUsd)}`;
  if (close(best, second)) return sentence(`it is close: ${best.label} at ${cost}, ${next}`);
  return sentence(`${costs(best)} least: ${cost}; next ${agree(second.variant, "comes", "come")} ${next}`);
}

const PLURAL = new Set(["cloud-vms", "machine-images", "functions"]);

/** The word that agrees with a variant's name: "cloud VMs are", "PaaS is". */
export function agree(variant: string, one: string, several: string): string {
  return PLURAL.has(variant) ? several : one;
}

/** `a`, `a and b`, `a, b and c`: words, and what stands between them. */
export function listed<Word>(words: readonly Word[], last = "and"): (Word | string)[] {
  return words.flatMap((word, index) => {
    if (index === 0) return [word];
    return [index === words.length - 1 ? ` ${last} ` : ", ", word];
  });
}

/** The first letter as a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
