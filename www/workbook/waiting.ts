/** The sheet of Erlang C: the most load that each number of cores serves, solved by the spreadsheet itself. */
import type { WriteSheet } from "hucre/xlsx";
import { EXACT_SERVERS, HALVINGS } from "../engine/generated.ts";
import { Cells, STYLES } from "./cells.ts";
import { address, fixed, WAITING } from "./formula.ts";

/** The first rows of the table and of its figures. */
const [TOP, FIRST] = [7, 3];

export const WAITING_SHEET = "Waiting";

/** @param goal The cell of the share that may wait. @param utilisation The cell of how busy cores may be. */
export function waitingSheet(goal: string, utilisation: string): { sheet: WriteSheet; names: [string, string][] } {
  const cells = new Cells();
  cells.text(0, 0, "Cores so that few requests wait (Erlang C)", STYLES.title);
  cells.text(
    1,
    0,
    "The most load that so many cores serve within the waiting goal, found by halving the span in which it lies.",
    STYLES.quiet,
  );
  const column = (at: number) =>
    `${address({ row: TOP, column: at })}:${address({ row: TOP + EXACT_SERVERS - 1, column: at })}`;
  const [cores, loads] = [column(0), column(1)];
  const [exact, most] = [FIRST, FIRST + 1].map((row) => address({ row, column: 1 }));
  const figures: [label: string, formula: string][] = [
    [
      "Cores up to which Erlang C is the stricter law",
      `MIN(${EXACT_SERVERS},SUMPRODUCT(--(${loads}/${cores}<=${utilisation}))+1)`,
    ],
    ["The most load of these", `INDEX(${loads},${exact})`],
    ["Cores beyond the load, over its square root, from there on", `(${exact}-${most})/SQRT(${most})`],
  ];
  for (const [index, [label, formula]] of figures.entries()) {
    cells.text(FIRST + index, 0, label);
    cells.formula(FIRST + index, 1, formula);
  }
  cells.header(TOP - 1, [
    "Cores",
    "Most load (erlangs)",
    "Halving 1",
    ...range(HALVINGS - 1).map((at) => String(at + 2)),
  ]);
  for (const index of range(EXACT_SERVERS)) {
    const row = TOP + index;
    const number = address({ row, column: 0 });
    cells.number(row, 0, index + 1);
    cells.formula(row, 1, address({ row, column: HALVINGS + 1 }));
    for (const step of range(HALVINGS)) {
      const before = step === 0 ? "0" : address({ row, column: step + 1 });
      const half = `${number}/2^${step + 1}`;
      const load = `(${before}+${half})`;
      const none = `POISSON(${number},${load},FALSE)`;
      const all = `POISSON(${number},${load},TRUE)`;
      const waits = `${none}/(${all}-${load}/${number}*(${all}-${none}))`;
      cells.formula(row, step + 2, `${before}+IF(${waits}<=${goal},${half},0)`);
    }
  }
  const at = (row: number) => fixed({ sheet: WAITING_SHEET, row, column: 1 });
  return {
    sheet: cells.sheet(WAITING_SHEET, [52, 20], { rows: TOP, columns: 2 }),
    names: [
      [WAITING.loads, `${at(TOP)}:${at(TOP + EXACT_SERVERS - 1).split("!")[1]}`],
      [WAITING.most, at(FIRST + 1)],
      [WAITING.beta, at(FIRST + 2)],
    ],
  };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
