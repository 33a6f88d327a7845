/** The package's entry for spreadsheets. In a browser the engine is the one that `init()` of the other entries starts. */
import type { MetricId, Scenario, VariantId } from "../engine/api.ts";
import { source } from "./source.ts";
import { write } from "./write.ts";

/**
 * One variant as a workbook (.xlsx) that calculates: inputs and facts are named cells with their sources, and every
 * figure is a formula down to them, so that Excel or LibreOffice recalculates it when an input is changed. What cannot
 * be a formula is a marked value. All is at the likeliest values.
 * @param question `metrics` are the figures that it shows; all of them where none is named.
 * @returns The bytes of the file.
 * @throws {MovingPartsError} if the scenario, the variant or a metric is wrong.
 */
export async function workbook(
  scenario: Scenario,
  question: { variant: VariantId; metrics?: readonly MetricId[] },
): Promise<Uint8Array> {
  return write(source(scenario, question.variant, question.metrics));
}
