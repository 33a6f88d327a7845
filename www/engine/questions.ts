/** The questions that ask for more than one point. */
export type { Draws, Estimate, NumberPath, UncertainInput } from "./question/asked.ts";
export * from "./question/crossing.ts";
export * from "./question/parts.ts";
export * from "./question/plan.ts";
export * from "./question/sensitivity.ts";
export * from "./question/sweep.ts";
export * from "./question/uncertainty.ts";
