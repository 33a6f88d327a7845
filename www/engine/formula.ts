/** A derivation's expression as text. */
import type { Formula } from "./api.ts";
import { exact } from "./words.ts";

/** How strongly an operation binds: what binds less stands in parentheses. */
const STRENGTH: Record<string, number> = { add: 1, subtract: 1, sum: 1, multiply: 2, divide: 2, power: 3 };
const SIGN: Record<string, string> = { add: " + ", subtract: " − ", sum: " + ", multiply: " × ", divide: " ÷ " };

/** Functions of the model, in words. */
const FUNCTIONS: Record<string, string> = {
  max: "the larger of",
  min: "the smaller of",
  ceil: "rounded up",
  erlangServers: "cores by Erlang C for",
  loadDurationQuietest: "quietest quarter of the load-duration curve of",
  loadDurationSecond: "second quarter of the load-duration curve of",
  loadDurationThird: "third quarter of the load-duration curve of",
  loadDurationBusiest: "busiest quarter of the load-duration curve of",
  copiesOfTheCheapest: "copies of the cheapest that meets the goal, of",
  databaseCopiesOfTheCheapest: "copies of each database in the cheapest that meets the goal, of",
  sitesOfTheCheapest: "sites of the cheapest that meets the goal, of",
  onCallOfTheCheapest: "on call in the cheapest that meets the goal, of",
  noneOfTwoUp: "chance that both copies are down, for a share of the year of",
  isAtLeast: "is at least: 1 or 0, of",
  squareRoot: "square root of",
  automatedAsItPays: "hours once automated as it pays, of those by hand and those from which it pays:",
  gammaP90: "90th percentile of a gamma distribution with this mean and variance:",
  roundedDown: "rounded down",
};

/**
 * The expression as text; `name` gives the words for the figure of a step.
 * A long sum is shortened: its operands are the steps.
 */
export function formulaText(formula: Formula, name: (step: number) => string, outer = 0): string {
  if ("step" in formula) return name(formula.step);
  if ("constant" in formula) return exact(formula.constant);
  const [operation, operands] = formula.apply;
  const strength = STRENGTH[operation];
  if (strength === undefined) {
    const inner = operands.map((operand) => formulaText(operand, name)).join(", ");
    return `${FUNCTIONS[operation] ?? operation} (${inner})`;
  }
  const texts = operands.map((operand, index) =>
    // The right side of a difference or a quotient needs parentheses at equal strength too.
    formulaText(
      operand,
      name,
      index > 0 && (operation === "subtract" || operation === "divide") ? strength + 0.5 : strength,
    ),
  );
  const text = operation === "power" ? texts.join(" ^ ") : joined(operation, texts);
  return strength < outer ? `(${text})` : text;
}

function joined(operation: string, texts: string[]): string {
  const shown =
    texts.length > 16 ? [...texts.slice(0, 3), `… ${texts.length - 4} more …`, texts[texts.length - 1]!] : texts;
  return shown.join(SIGN[operation]);
}

/** The steps that a formula refers to, each once, in the order in which they stand in it. */
export function stepsOf(formula: Formula): number[] {
  const found = new Set<number>();
  const walk = (at: Formula) => {
    if ("step" in at) found.add(at.step);
    else if ("apply" in at) at.apply[1].forEach(walk);
  };
  walk(formula);
  return [...found];
}
