/** One variant as a workbook that calculates. */
import { type CellStyle, type WriteOptions, type WriteSheet, writeXlsx } from "hucre/xlsx";
import type { Fact, Field, Formula, MetricId } from "../engine/api.ts";
import { formulaText } from "../engine/formula.ts";
import { own } from "../engine/paths.ts";
import { capital, obstacle } from "../engine/words.ts";
import { Cells, STYLES } from "./cells.ts";
import { cellName, fixed, isDecision, type Place, reference, spreadsheetFormula } from "./formula.ts";
import { type Part, parted } from "./parts.ts";
import type { Source } from "./source.ts";
import { WAITING_SHEET, waitingSheet } from "./waiting.ts";

/** The bytes of the file. */
export async function write(all: Source): Promise<Uint8Array> {
  const source: Laid = { ...all, steps: parted(all.derivation.steps) };
  const places = layOut(source);
  const { sheet: waiting, names: solved } = waitingOf(source, places);
  const sheets = [answer(source, places), inputs(source, places), facts(source, places)];
  sheets.push(figures(source, places), months(source, places), ...(waiting ? [waiting] : []));
  const { model, factsDate, factsHash } = source.catalog;
  return writeXlsx({
    sheets,
    namedRanges: [...names(source, places), ...solved.map(([name, range]) => ({ name, range }))],
    properties: {
      title: `${capital(source.outcome.label)}: what it costs`,
      creator: `moving-parts ${model}, facts of ${factsDate} (${factsHash})`,
      // The same scenario gives the same file, whenever it is written.
      created: new Date(`${factsDate}T00:00:00Z`),
      modified: new Date(`${factsDate}T00:00:00Z`),
    },
  });
}

/** A source whose steps fit into cells. Only parts, which are formulas, have no value. */
type Laid = Source & { steps: readonly Part[] };
type Places = readonly Place[];

/** The first row under the headers of the sheets that list something. */
const TOP = 3;
/** The first row of the figures of the answer, and its columns. */
const ANSWER = { top: 9, value: 1 };
/** The column of a value among inputs, facts and figures; the first of the months. */
const VALUE = 1;
const MONTHS = 3;

/** How the name of a metric begins. */
type Group = MetricId extends infer Id ? (Id extends `${infer First}.${string}` ? First : never) : never;

/** The groups of an answer's figures, by how their names begin, in the order of the metrics. */
const GROUPS: Record<Group, string> = {
  totals: "Over the horizon",
  unitCosts: "For each user and request",
  monthlyLevels: "A month",
  labour: "People",
  availability: "Downtime and lost data",
  agility: "Agility",
  latency: "Speed",
  fleet: "Machines",
  complexity: "Moving parts",
  lines: "The bill, line by line",
};

/** The groups with their metrics: figures of one group stand together. */
function grouped(metrics: readonly string[]): [label: string, indices: number[]][] {
  const groups = new Map<Group, number[]>();
  for (const [index, metric] of metrics.entries()) {
    const [group] = metric.split(".") as [Group];
    groups.set(group, [...(groups.get(group) ?? []), index]);
  }
  return [...groups].map(([group, indices]) => [GROUPS[group], indices]);
}

/** The rows of the answer's metrics. */
function answerRows(metrics: readonly string[]): number[] {
  const rows: number[] = [];
  let row = ANSWER.top - 1;
  for (const [, indices] of grouped(metrics)) {
    // An empty row, and the name of the group.
    row += 2;
    for (const index of indices) rows[index] = row++;
  }
  return rows;
}

/** Where each step stands. */
function layOut({ steps, metrics }: Laid): Places {
  const rows = answerRows(metrics);
  const next = { Inputs: TOP, Facts: TOP, Figures: TOP, Months: TOP };
  const monthly = new Map<string, number>();
  const seen = new Map<string, number>();
  return steps.map((step, index): Place => {
    if (step.input !== undefined) {
      const sheet = step.input.startsWith("facts.") ? "Facts" : "Inputs";
      return { sheet, row: next[sheet]++, column: VALUE, name: cellName(step.input) };
    }
    if (step.month !== undefined) {
      // Several figures of a month may share a label: the machines of each role. They keep their order.
      const label = `${step.label} ${step.unit}`;
      const times = (seen.get(`${label} ${step.month}`) ?? 0) + 1;
      seen.set(`${label} ${step.month}`, times);
      const key = `${label} ${times}`;
      const row = monthly.get(key) ?? next.Months++;
      monthly.set(key, row);
      return { sheet: "Months", row, column: MONTHS + step.month - 1 };
    }
    if (index < metrics.length) return { sheet: "Answer", row: rows[index]!, column: ANSWER.value };
    return { sheet: "Figures", row: next.Figures++, column: VALUE };
  });
}

function names({ metrics }: Laid, places: Places): NonNullable<WriteOptions["namedRanges"]> {
  const rows = answerRows(metrics);
  const answers = metrics.map((metric, index) => ({
    name: cellName(metric),
    range: fixed({ sheet: "Answer", row: rows[index]!, column: ANSWER.value }),
  }));
  const named = places.filter((place) => place.name !== undefined);
  return [...answers, ...named.map((place) => ({ name: place.name!, range: fixed(place) }))];
}

/** Writes what a step is computed by, or the value that it holds. */
function writeStep(cells: Cells, { steps }: Laid, places: Places, index: number): void {
  const step = steps[index]!;
  const { sheet, row, column } = places[index]!;
  if (isDecision(step.formula!)) cells.number(row, column, step.value!, STYLES.held);
  else
    cells.formula(
      row,
      column,
      spreadsheetFormula(step.formula!, sheet, (at) => places[at]!),
      step.value,
    );
}

function answer(source: Laid, places: Places): WriteSheet {
  const { catalog, outcome, metrics, steps, link, scenario } = source;
  const cells = new Cells();
  const company = catalog.presets.find(({ id }) => id === scenario.preset)?.name;
  cells.text(0, 0, capital(outcome.label), STYLES.title);
  cells.text(1, 0, `${company ?? "A company of defaults"}, at the likeliest values`, STYLES.quiet);
  cells.text(
    2,
    0,
    "Yellow cells are yours to change, on the sheets Inputs and Facts. Everything else follows from them.",
  );
  cells.text(
    3,
    0,
    "Grey cells are decisions that moving-parts made for the inputs as exported, and so are the sizes of machines and how many copies run: they stay. After a large change, export again.",
  );
  cells.text(
    4,
    0,
    "The column “exported” holds what moving-parts computed; as long as nothing is changed, the figures equal it.",
  );
  if (!outcome.feasible) {
    cells.text(5, 0, `It does not fit. ${outcome.reasons.map(obstacle).join(" ")}`, STYLES.warning);
  }
  cells.text(
    6,
    0,
    `moving-parts ${catalog.model}, facts of ${catalog.factsDate} (${catalog.factsHash}); the scenario as a link: #${link}`,
    STYLES.quiet,
  );
  cells.header(
    ANSWER.top - 1,
    ["Figure", "Value", "Unit", "Exported", "Change", "Name of the cell", "What it is"],
    [1, 3, 4],
  );
  const rows = answerRows(metrics);
  for (const [label, indices] of grouped(metrics)) {
    cells.text(rows[indices[0]!]! - 1, 0, label, STYLES.group);
    for (const index of indices) {
      const metric = catalog.metrics.find(({ id }) => id === metrics[index])!;
      const row = rows[index]!;
      const { value } = steps[index]!;
      const place = places[index]!;
      cells.text(row, 0, capital(metric.label));
      if (place.sheet === "Answer") writeStep(cells, source, places, index);
      else cells.formula(row, ANSWER.value, reference(place, "Answer"), value);
      cells.text(row, 2, metric.unit, STYLES.note);
      cells.number(row, 3, value!);
      cells.formula(row, 4, `B${row + 1}-D${row + 1}`, 0);
      cells.text(row, 5, cellName(metric.id), STYLES.note);
      cells.text(row, 6, metric.doc, STYLES.note);
    }
  }
  return cells.sheet("Answer", [44, 14, 14, 14, 12, 36, 100], { rows: ANSWER.top, columns: 1 });
}

/** The steps of a sheet, in the order of its rows. */
function stepsOn(sheet: string, places: Places): number[] {
  return [...places.keys()]
    .filter((index) => places[index]!.sheet === sheet)
    .sort((one, other) => places[one]!.row - places[other]!.row || places[one]!.column - places[other]!.column);
}

/** A sheet with its title, a line on what stands in it, and its headers. */
function titled(title: string, line: string, columns: readonly string[], numbers: readonly number[]): Cells {
  const cells = new Cells();
  cells.text(0, 0, title, STYLES.title);
  cells.text(1, 0, line, STYLES.quiet);
  cells.header(TOP - 1, columns, numbers);
  return cells;
}

/** What inputs and facts begin with, and the columns of numbers among it. */
const VALUED = ["Value", "Unit", "Low (p10)", "High (p90)"];
const NUMBERS = [1, 3, 4];

/** An input or a fact: what it is, its value, and the range that is believed where it is one. */
function writeValue(
  cells: Cells,
  row: number,
  step: Part,
  range: { p10: number; p90: number } | undefined,
  style: CellStyle,
): void {
  cells.text(row, 0, step.label);
  cells.number(row, VALUE, step.value!, style);
  cells.text(row, 2, step.unit, STYLES.note);
  if (!range || range.p10 === range.p90) return;
  cells.number(row, 3, range.p10, STYLES.quiet);
  cells.number(row, 4, range.p90, STYLES.quiet);
}

function inputs(source: Laid, places: Places): WriteSheet {
  const cells = titled(
    "Inputs",
    "What is not listed here has no part in the figures as exported, such as a discount of nothing or the horizon: to change it, export again.",
    ["Input", ...VALUED, "From", "Name of the cell", "What it is"],
    NUMBERS,
  );
  for (const index of stepsOn("Inputs", places)) {
    const step = source.steps[index]!;
    const { row } = places[index]!;
    const field = fieldOf(source, step.input!);
    const style = field?.kind === "choice" ? STYLES.held : STYLES.yours;
    writeValue(cells, row, step, source.ranges[step.input!], style);
    cells.text(row, 5, origin(source, step.input!, field), STYLES.note);
    cells.text(row, 6, cellName(step.input!), STYLES.note);
    if (!field) continue;
    const options = field.options?.map((option, at) => `${at}: ${option}`).join(", ");
    cells.text(row, 7, options ? `${field.doc} (${options})` : field.doc, STYLES.note);
    if (field.kind !== "choice") cells.allow(row, VALUE, field);
  }
  return cells.sheet("Inputs", [38, 14, 22, 12, 12, 60, 36, 100], { rows: TOP, columns: 2 });
}

function fieldOf({ catalog }: Laid, path: string): Field | undefined {
  const item = path.replace(/\.\d+\./, "[].");
  return catalog.fields.find((field) => field.path === path) ?? catalog.listFields.find((field) => field.path === item);
}

/** Where an input's value comes from. */
function origin({ catalog, scenario, basis }: Laid, path: string, field: Field | undefined): string {
  // A list is said as a whole.
  const [place] = path.split(/\.\d+\./) as [string];
  const fact = catalog.facts.find(({ id }) => id === field?.defaultFact);
  const said = fact ? [place, `facts.${fact.id}`] : [place];
  if (said.some((at) => own(scenario, at) !== undefined)) return "yours";
  if (said.some((at) => own(basis, at) !== undefined)) return "the preset";
  return fact ? `${fact.source}, ${fact.date}` : (field?.because ?? "");
}

function facts(source: Laid, places: Places): WriteSheet {
  const cells = titled(
    "Facts",
    "Prices, rates and hours with their sources: those that this variant's figures hang on.",
    ["Fact", ...VALUED, "Date", "Confidence", "Name of the cell", "Source", "Note"],
    NUMBERS,
  );
  const known = new Map(source.catalog.facts.map((fact) => [`facts.${fact.id}`, fact]));
  for (const index of stepsOn("Facts", places)) {
    const step = source.steps[index]!;
    const { row } = places[index]!;
    const fact = known.get(step.input!) as Fact;
    const mine = own(source.scenario, step.input!) !== undefined || own(source.basis, step.input!) !== undefined;
    writeValue(cells, row, step, fact, STYLES.yours);
    cells.text(row, 5, fact.date, STYLES.note);
    cells.text(row, 6, `${fact.confidence}${fact.estimate ? ", estimate" : ""}`, STYLES.note);
    cells.text(row, 7, cellName(step.input!), STYLES.note);
    cells.text(
      row,
      8,
      mine ? `the company's own; the price book says ${fact.p50}: ${fact.source}` : fact.source,
      STYLES.note,
    );
    cells.text(row, 9, fact.note, STYLES.note);
  }
  return cells.sheet("Facts", [52, 14, 22, 12, 12, 10, 16, 46, 80, 80], { rows: TOP, columns: 2 });
}

function figures(source: Laid, places: Places): WriteSheet {
  const line = "What the answer is made of and what belongs to no single month.";
  const cells = titled("Figures", line, ["Figure", "Value", "Unit", "How it comes to be"], [VALUE]);
  for (const index of stepsOn("Figures", places)) {
    const step = source.steps[index]!;
    const { row } = places[index]!;
    cells.text(row, 0, step.label);
    writeStep(cells, source, places, index);
    cells.text(row, 2, step.unit, STYLES.note);
    cells.text(row, 3, inWords(source, step), STYLES.note);
  }
  return cells.sheet("Figures", [52, 14, 22, 120], { rows: TOP, columns: 2 });
}

function months(source: Laid, places: Places): WriteSheet {
  const { steps } = source;
  const columns = ["Figure", "Unit", "How it comes to be, in its second month"];
  const cells = titled("Months", "A figure in each row, a month in each column.", columns, []);
  const on = stepsOn("Months", places);
  const last = Math.max(0, ...on.map((index) => steps[index]!.month!));
  for (let month = 1; month <= last; month += 1) cells.number(TOP - 1, MONTHS + month - 1, month, STYLES.numericHeader);
  const rows = new Map<number, number[]>();
  for (const index of on) rows.set(places[index]!.row, [...(rows.get(places[index]!.row) ?? []), index]);
  for (const [row, indices] of rows) {
    // The first month is often another than the rest: nothing has been before it.
    const typical = steps[indices[1] ?? indices[0]!]!;
    cells.text(row, 0, typical.label);
    cells.text(row, 1, typical.unit, STYLES.note);
    cells.text(row, 2, inWords(source, typical), STYLES.note);
    for (const index of indices) writeStep(cells, source, places, index);
  }
  const widths = [52, 16, 44, ...Array.from({ length: last }, () => 11)];
  return cells.sheet("Months", widths, { rows: TOP, columns: 1 });
}

/** The formula in words; what belongs to the same month need not say so. */
function inWords({ steps }: Laid, step: Part): string {
  return formulaText(step.formula!, (at) => {
    const { label, month } = steps[at]!;
    if (month === undefined || month === step.month) return label;
    return step.month !== undefined && month === step.month - 1
      ? `${label} (the month before)`
      : `${label} (month ${month})`;
  });
}

/** The sheet of Erlang C, for the waiting goal and the utilisation that the formulas ask it with. */
function waitingOf(
  { steps }: Laid,
  places: Places,
): Partial<ReturnType<typeof waitingSheet>> & { names: [string, string][] } {
  const asked = steps.flatMap(({ formula }) => (formula ? callsOf(formula, "erlangServers") : []))[0];
  if (!asked) return { names: [] };
  const [, goal, utilisation] = asked.map((operand) => spreadsheetFormula(operand, WAITING_SHEET, (at) => places[at]!));
  return waitingSheet(goal!, utilisation!);
}

/** The operands of every call of a function in an expression. */
function callsOf(formula: Formula, name: string): Formula[][] {
  if (!("apply" in formula)) return [];
  const [operation, operands] = formula.apply;
  const within = operands.flatMap((operand) => callsOf(operand, name));
  return operation === name ? [operands, ...within] : within;
}
