/** The package's entry for spreadsheets. In a browser the engine is the one that `init()` of the other entries starts. */
import type { MetricId, Scenario, VariantName } from "../engine/api.ts";
import { asked, list, name } from "../engine/question/asked.ts";
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
  question: { variant: VariantName; metrics?: readonly (MetricId | (string & {}))[] },
): Promise<Uint8Array> {
  const { variant, metrics } = asked(question, { needs: { variant: '"paas"' }, takes: ["metrics"] });
  return write(source(scenario, name("variant", variant), list("metrics", metrics)));
}
