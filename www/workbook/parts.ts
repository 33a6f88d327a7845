/** Expressions that are too long for one cell, cut into parts that have cells of their own. */
import type { Formula, Step } from "../engine/api.ts";
import { cellName } from "./formula.ts";

/** A step, or a part of one, whose value nothing says. */
export type Part = Omit<Step, "value"> & { value: number | undefined };

/** Characters of a formula, as estimated here. Excel takes 8,192, and what is estimated may be more in the end. */
const MOST = 4000;
/** A cell without a name, the sheet's name before it. */
const CELL = 14;
/** What some functions of the model need of a spreadsheet's own, and how often their operands stand in it at most. */
const [OWN, REPEATED] = [200, 6];
const PLAIN = new Set(["add", "subtract", "multiply", "divide", "sum", "max", "min", "ceil", "power", "same"]);

/** The steps, each short enough, and after them the parts that were cut out of them. */
export function parted(steps: readonly Step[]): Part[] {
  const all: Part[] = steps.map((step) => ({ ...step }));
  const nameOf = (step: number) => {
    const { input } = all[step]!;
    return input === undefined ? CELL : cellName(input).length;
  };
  /** The expression with what is too long cut out of it, and its length. */
  const short = (formula: Formula, { label, unit, month }: Step): { formula: Formula; length: number } => {
    if ("step" in formula) return { formula, length: nameOf(formula.step) };
    if ("constant" in formula) return { formula, length: String(formula.constant).length };
    const [operation, operands] = formula.apply;
    const times = PLAIN.has(operation) ? 1 : REPEATED;
    const shorter = operands.map((operand) => short(operand, { label, unit, month } as Step));
    const own = times === 1 ? 8 : OWN;
    const total = () => shorter.reduce((sum, { length }) => sum + times * (length + 3), own);
    while (total() > MOST) {
      const longest = shorter.reduce((most, next) => (next.length > most.length ? next : most));
      if (longest.length <= CELL) break;
      const part = { label: `part of: ${label}`, unit, value: undefined, formula: longest.formula };
      all.push(month === undefined ? part : { ...part, month });
      Object.assign(longest, { formula: { step: all.length - 1 }, length: CELL });
    }
    return { formula: { apply: [operation, shorter.map((operand) => operand.formula)] }, length: total() };
  };
  for (const [index, step] of steps.entries()) {
    if (step.formula) all[index]!.formula = short(step.formula, step).formula;
  }
  return all;
}
