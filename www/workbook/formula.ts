/** A derivation's expression as a spreadsheet's formula. */
import type { Formula } from "../engine/api.ts";
import { LEVELS } from "../engine/generated.ts";

/** Where the figure of a step stands. */
export interface Place {
  /** The sheet's name; a reference from the same sheet leaves it out. */
  sheet: string;
  /** Counted from 0. */
  row: number;
  column: number;
  /** The name of the cell, if it has one. */
  name?: string;
}

/** The names under which the sheet of Erlang C offers what it solves. */
export const WAITING = { loads: "waiting.loads", most: "waiting.most", beta: "waiting.beta" } as const;

/** Functions of the model that no spreadsheet can follow: they choose among what they do not hold. */
const DECISIONS = new Set([
  "copiesOfTheCheapest",
  "databaseCopiesOfTheCheapest",
  "sitesOfTheCheapest",
  "onCallOfTheCheapest",
]);

/** Whether a figure is a decision of the model, which a spreadsheet holds as a value. */
export function isDecision(formula: Formula): boolean {
  return "apply" in formula && DECISIONS.has(formula.apply[0]);
}

/** Operations with a sign, and how strongly they bind. They are grouped from the left, as the model computes. */
const SIGNS: Record<string, [sign: string, strength: number]> = {
  add: ["+", 1],
  subtract: ["-", 1],
  multiply: ["*", 2],
  divide: ["/", 2],
};

/** Functions of a spreadsheet; each is given its operands as text. */
const FUNCTIONS: Record<string, (...operands: string[]) => string> = {
  max: (...operands) => `MAX(${operands.join(",")})`,
  min: (...operands) => `MIN(${operands.join(",")})`,
  ceil: (number) => `ROUNDUP(${number},0)`,
  roundedDown: (number) => `INT(${number})`,
  power: (base, exponent) => `POWER(${base},${exponent})`,
  squareRoot: (number) => `SQRT(${number})`,
  isAtLeast: (number, least) => `IF(${number}>=${least},1,0)`,
  automatedAsItPays: (hours, from) => `IF(${hours}<=${from},${hours},2*SQRT(${hours}*${from})-${from})`,
  noneOfTwoUp: (down) => `POWER(${down},2)`,
  // Wilson and Hilferty's cube-root rule for the quantile of a gamma distribution of this mean and variance.
  gammaP90: (mean, variance) => {
    const ninth = `${variance}/(9*POWER(${mean},2))`;
    return `IF(AND(${mean}>0,${variance}>0),MAX(0,${mean}*POWER(1-${ninth}+NORMSINV(0.9)*SQRT(${ninth}),3)),0)`;
  },
  // Few may wait for a free core: Erlang C while it is the stricter law, the square-root rule beyond.
  erlangServers: (load) =>
    `IF(${load}<=0,0,IF(${load}<=${WAITING.most},1+SUMPRODUCT(--(${WAITING.loads}<${load})),ROUNDUP(${load}+${WAITING.beta}*SQRT(${load}),0)))`,
  loadDurationQuietest: (ratio) => loadDuration(0, ratio!),
  loadDurationSecond: (ratio) => loadDuration(1, ratio!),
  loadDurationThird: (ratio) => loadDuration(2, ratio!),
  loadDurationBusiest: (ratio) => loadDuration(3, ratio!),
};

/** The load in one quarter of the hours over the peak: a power law of this peak-to-mean ratio, scaled to its mean. */
function loadDuration(level: number, ratio: string): string {
  const raw = (at: number) => `POWER(${at + 0.5}/${LEVELS - 0.5},${ratio}-1)`;
  const all = Array.from({ length: LEVELS }, (_, at) => raw(at)).join("+");
  return `${raw(level)}/(${all})*${LEVELS}/${ratio}`;
}

/**
 * The formula of a cell on a sheet, without the equals sign.
 * @throws If the expression has a function that is neither known here nor a decision.
 */
export function spreadsheetFormula(formula: Formula, sheet: string, place: (step: number) => Place): string {
  const cell = (step: number) => reference(place(step), sheet);

  /** `weak`: whether what binds this strongly has to stand in parentheses. */
  const write = (at: Formula, weak: (strength: number) => boolean): string => {
    if ("step" in at) return cell(at.step);
    if ("constant" in at) return at.constant < 0 ? `(${at.constant})` : String(at.constant);
    const [operation, operands] = at.apply;
    if (operation === "same") return write(operands[0]!, weak);
    if (operation === "sum") return `SUM(${sumOf(operands)})`;
    const signed = SIGNS[operation];
    if (signed) {
      const [sign, strength] = signed;
      const first = write(operands[0]!, (other) => other < strength);
      const second = write(operands[1]!, (other) => other <= strength);
      const text = `${first}${sign}${second}`;
      return weak(strength) ? `(${text})` : text;
    }
    const function_ = FUNCTIONS[operation];
    if (!function_) throw new Error(`a spreadsheet has no function "${operation}"`);
    // Some stand beside signs inside the function's own formula.
    return function_(...operands.map((operand) => write(operand, () => !PLAIN.has(operation))));
  };

  /** Figures that lie side by side are one range: a row of months. */
  const sumOf = (operands: readonly Formula[]): string => {
    const parts: string[] = [];
    let run: { from: Place; to: Place } | undefined;
    const close = () => {
      if (run) {
        const { from, to } = run;
        parts.push(from === to ? reference(from, sheet) : `${reference(from, sheet)}:${address(to)}`);
      }
      run = undefined;
    };
    for (const operand of operands) {
      if (!("step" in operand)) {
        close();
        parts.push(write(operand, () => false));
        continue;
      }
      const at = place(operand.step);
      const beside =
        run && at.name === undefined && run.to.name === undefined && at.sheet === run.to.sheet && at.row === run.to.row;
      if (run && beside && at.column === run.to.column + 1) run.to = at;
      else {
        close();
        run = { from: at, to: at };
      }
    }
    close();
    return parts.join(",");
  };

  return write(formula, () => false);
}

/** Functions that set their operands apart by commas alone. */
const PLAIN = new Set(["max", "min", "ceil", "roundedDown", "power", "squareRoot"]);

/** A cell as a formula of some sheet names it. */
export function reference(place: Place, from: string): string {
  if (place.name !== undefined) return place.name;
  return place.sheet === from ? address(place) : `${place.sheet}!${address(place)}`;
}

/** A cell on its sheet, as in `BC12`. */
export function address({ row, column }: { row: number; column: number }): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}

/** The same, in which neither row nor column moves, with its sheet: what a name stands for. */
export function fixed(place: { sheet: string; row: number; column: number }): string {
  return `${place.sheet}!${address(place).replace(/([A-Z]+)([0-9]+)/, "$$$1$$$2")}`;
}

/** The name of a cell, from the path of what stands in it: letters, digits, underscores and dots. */
export function cellName(path: string): string {
  return path.replaceAll(/[^A-Za-z0-9_.]/g, "_");
}
