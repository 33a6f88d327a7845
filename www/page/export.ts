/** What can be taken along: the link, the calculator for a post, a script for Node, the numbers, and spreadsheets. */

import { html, type TemplateResult } from "lit";
import { type Scenario, type VariantId, variantLabel } from "#engine";
import { single } from "#single";
import { write } from "#workbook";
import { agree, capital } from "../engine/words.ts";
import { source } from "../workbook/source.ts";
import { type Context, shownByApproach } from "./context.ts";
import { download } from "./files.ts";
import { menu, shut } from "./menu.ts";
import { linkOf } from "./said.ts";
import { spokenWords } from "./sentence.ts";

export function exportMenu(context: Context): TemplateResult {
  const { scenario } = context.state;
  const item = (label: string, take: () => void | Promise<void>) =>
    html`<button class="text-button" @click=${(event: Event) => {
      void take();
      shut(event.currentTarget as Element);
    }}>${label}</button>`;
  return menu(
    "Export",
    html`${item("Link, copied", () => copy(location.href))}
    ${item("Elements for a post, copied", () => copy(elements(context)))}
    ${item("Frame for a post, copied", () => copy(frame(scenario)))}
    ${item("Script for Node, as a file", () => download("moving-parts.mjs", script(context), "text/javascript"))}
    ${item("Scenario, as JSON", () => download("scenario.json", `${JSON.stringify(scenario, null, 2)}\n`, "application/json"))}
    ${item("All numbers, as JSON", () => download("comparison.json", numbers(context), "application/json"))}
    <p class="note">Spreadsheets that calculate:</p>
    ${[...shownByApproach(context).values()].map(({ variant, label }) => item(`${capital(label)}, .xlsx`, () => spreadsheet(context, variant)))}`,
  );
}

/** One variant as a workbook of formulas. What writes it is fetched when it is wanted, which may fail. */
async function spreadsheet({ state: { scenario }, refuse }: Context, variant: VariantId): Promise<void> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await write(source(scenario, variant));
  } catch (error) {
    const remedy = "check the connection and try again; the command line writes the same file";
    const { message } = error as Error;
    refuse("The spreadsheet could not be written", [{ code: "notWritten", path: "", message, remedy }]);
    return;
  }
  download(`${variant}.xlsx`, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

/** The calculator, and a sentence of its numbers, for whoever has the elements' script on the page. */
function elements({ state: { scenario }, comparison: { best } }: Context): string {
  const said = JSON.stringify(scenario).replaceAll("&", "&amp;").replaceAll("'", "&#39;");
  const sentence =
    best === null
      ? ""
      : `\n\n<p>With <moving-parts-input scope="company" path="workload.weeklyUsers"></moving-parts-input> users a week ${variantLabel(best)} ${agree(best, "costs", "cost")}
<moving-parts-output scope="company" variant="${best}" metric="totals.monthlyUsd"></moving-parts-output> a month.</p>`;
  return `<script src="moving-parts.js" defer></script>

<moving-parts scope="company" scenario='${said}'></moving-parts>${sentence}`;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard here: a file holds the same words.
    download("moving-parts.txt", `${text}\n`, "text/plain");
  }
}

/** The page as one file in a frame: of an origin of its own, the frame may fetch nothing beside it. */
function frame(scenario: Scenario): string {
  const { href } = new URL(single, location.href.split("#")[0]);
  const source = `${href}#${linkOf(scenario)}`.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe data-moving-parts src="${source}" sandbox="allow-scripts" title="What it costs to run this company's software" width="100%" height="900"></iframe>`;
}

/** A script that gives the numbers of the page: the means over its draws, and the answer at one point as what it is. */
function script({ state: { scenario }, answers }: Context): string {
  const { draws, seed } = answers.now.said;
  return `import { compare, uncertainty } from "moving-parts";

const scenario = ${JSON.stringify(scenario, null, 2)};

// What the page says: means over the draws, and in which share of them a variant fits, and fits and costs least.
const { best, variants } = uncertainty(scenario, { draws: ${draws}, seed: ${seed} });
console.log(\`Least in the mean, of those that fit in most draws: \${best}\`);
console.table(variants.map(({ variant, fits, chanceBest, figures }) => ({ variant, fits, chanceBest, ...figures["totals.monthlyUsd"] })));

// At one point, the median of every input: this may name another variant than the draws do.
const { verdict, variants: likeliest } = compare(scenario);
console.log(\`At the median of every input: \${verdict}\`);
console.table(likeliest.map(({ label, feasible, totals }) => ({ label, feasible, monthlyUsd: Math.round(totals.monthlyUsd) })));
`;
}

/** The page's answer in its own words, what the draws say, and the comparison at the median of every input. */
function numbers({ likeliest, answers, state }: Context): string {
  const lists = (_: string, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value);
  const { said: uncertainty } = answers.now;
  const said = { scenario: state.scenario, answer: inWords(), uncertainty, atMedians: likeliest };
  return `${JSON.stringify(said, lists, 2)}\n`;
}

/** The sentence of the page as it is read. */
function inWords(): string {
  return ["answer", "doubt"]
    .map((name) => spokenWords(document.querySelector(`.${name}`)!))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}
