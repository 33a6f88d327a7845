/** Tables for people and programs. */
import { styleText } from "node:util";
import { csvFormatRows } from "d3-dsv";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** The forms of a table, the usual one first. */
export const TABLES = ["table", "json", "csv", "markdown"] as const;

export interface Table {
  columns: string[];
  rows: (string | number)[][];
  /** What a row is, where it is to be seen at a glance: the answer, or what does not fit. */
  marks?: ("best" | "out" | undefined)[];
}

/** What people read: a table, with a sentence over it and a note under it. */
export interface Shown extends Table {
  heading?: string | undefined;
  note?: string | undefined;
}

/** What programs read: numbers to their last digit, and names as the options take them. */
export interface Sheet {
  /** Ids of numbers, which name their unit. */
  columns: string[];
  rows: (string | number | boolean | null | undefined)[][];
}

/** A sheet as CSV; what is not there is empty. */
export function csv({ columns, rows }: Sheet): string {
  return `${csvFormatRows([columns, ...rows.map((row) => row.map((cell) => visible(String(cell ?? ""))))])}\n`;
}

/** A text whose control characters, other than line breaks, are seen as JSON writes them: a terminal would carry them out. */
export function visible(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Says on a terminal, and only there, how far it is; the next words take the place of the last. */
export function progress(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words}`);
}

/** Where a table is read. */
export interface Screen {
  /** In characters; without one, lines are as long as they are. */
  width?: number;
  colours: boolean;
}

type Style = Parameters<typeof styleText>[0];

/** Colours, where there are any. */
export function paint(text: string, style: Style, colours: boolean): string {
  return colours ? styleText(style, text, { validateStream: false }) : text;
}

/** What people read, as a table or as Markdown. */
export function render({ heading: head, note, ...table }: Shown, format: string, screen: Screen): string {
  const heading = head && visible(head);
  const rows = table.rows.map((row) => row.map((cell) => visible(String(cell))));
  if (format === "markdown") {
    const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    const lines = [line(table.columns), line(table.columns.map(() => "---")), ...rows.map(line)];
    return [...(heading ? [heading, ""] : []), ...lines, ...(note ? ["", note] : []), ""].join("\n");
  }
  const words = (text: string, style: Style) => paint(wrapped(text, screen.width).join("\n"), style, screen.colours);
  return [
    ...(heading ? [words(heading, "bold"), ""] : []),
    ...laidOut(table.columns, rows, table.marks ?? [], screen),
    ...(note ? ["", words(note, "dim")] : []),
    "",
  ].join("\n");
}

const GAP = "  ";
/** A column of words is not made narrower than this. */
const NARROW = 12;
/** A word that is no longer is not cut: in the first column, where names stand that are to be copied, and in others. */
const WORD = [44, 24] as const;
const MARKS: Record<"best" | "out", Style> = { best: "green", out: "dim" };

/**
 * Columns under each other, figures to the right. Where the screen is too narrow, words wrap; where that is not enough,
 * the columns are parted among several tables that all begin with the first; and where not even two have room, each row
 * is a list.
 */
function laidOut(columns: string[], rows: string[][], marks: NonNullable<Table["marks"]>, screen: Screen): string[] {
  const all = columns.map((name, column) => measured(name, column, rows));
  const parted = parts(all, screen.width);
  const style = (line: string, row: number) => {
    const mark = marks[row];
    return mark ? paint(line, MARKS[mark], screen.colours) : line;
  };
  if (!parted) return records(columns, rows, screen).map(({ line, row }) => style(line, row));
  return parted.flatMap((part, index) => {
    const widths = fitted(part, screen.width);
    const line = (cells: string[]): string[] => {
      const lines = part.map(({ at }, column) => (cells[at] === "" ? [""] : wrapped(cells[at]!, widths[column])));
      const height = Math.max(...lines.map(({ length }) => length));
      return Array.from({ length: height }, (_, at) =>
        lines
          .map((cell, column) => {
            const text = cell[at] ?? "";
            const room = " ".repeat(Math.max(0, widths[column]! - stringWidth(text)));
            return part[column]!.numeric ? room + text : text + room;
          })
          .join(GAP)
          .trimEnd(),
      );
    };
    const says = (row: string[]) => part.length === 1 || part.slice(1).some(({ at }) => row[at] !== "");
    const body = rows.flatMap((row, at) => (says(row) ? line(row).map((text) => style(text, at)) : []));
    if (index > 0 && body.length === 0) return [];
    const head = line(columns).map((text) => paint(text, "bold", screen.colours));
    return [...(index > 0 ? [""] : []), ...head, ...body];
  });
}

interface Column {
  at: number;
  numeric: boolean;
  /** Its width if there is room enough, and the least. */
  natural: number;
  least: number;
}

/** A number with its sign, and a unit or a scale behind it. */
const FIGURE = /^(< )?[-−]?\$?\d[\d.,]*(e[+-]?\d+)?( ?(k|M|bn|%|h|min|s|ms|days?|weeks?))?( \*)?$/;

function measured(name: string, at: number, rows: string[][]): Column {
  const numeric = rows.every((row) => row[at] === "" || FIGURE.test(row[at]!));
  const cells = Math.max(0, ...rows.map((row) => stringWidth(row[at]!)));
  const natural = Math.max(stringWidth(name), cells);
  // Words wrap, figures never.
  const longest = (text: string) => Math.max(...text.split(" ").map((word) => stringWidth(word)));
  const word = Math.min(WORD[at === 0 ? 0 : 1], Math.max(...rows.map((row) => longest(row[at]!))));
  const least = Math.max(longest(name), numeric ? cells : Math.min(cells, Math.max(NARROW, word)));
  return { at, numeric, natural, least: Math.min(natural, least) };
}

function total(widths: number[]): number {
  return widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
}

/** The columns, in as few tables as have room for them; nothing if not even two columns have. */
function parts(columns: Column[], width: number | undefined): Column[][] | undefined {
  const [first, ...rest] = columns;
  if (width === undefined || first === undefined || rest.length === 0) return [columns];
  const parted: Column[][] = [];
  for (const column of rest) {
    const part = parted.at(-1);
    if (part && total([...part, column].map(({ least }) => least)) <= width) part.push(column);
    else if (total([first.least, column.least]) <= width) parted.push([first, column]);
    else return undefined;
  }
  return parted;
}

/** Where no screen says how wide it is, a column of words is made no wider than this, if no word is longer. */
const WIDE = 60;

/** Room goes to whatever is still too narrow, a character at a time, so that short columns are whole first. */
function fitted(part: Column[], width: number | undefined): number[] {
  if (width === undefined) return part.map(({ natural, least }) => Math.min(natural, Math.max(least, WIDE)));
  const widths = part.map(({ least }) => least);
  let spare = width - total(widths);
  for (let grown = true; spare > 0 && grown; ) {
    grown = false;
    for (const [column, { natural }] of part.entries()) {
      if (spare === 0 || widths[column]! >= natural) continue;
      widths[column]! += 1;
      spare -= 1;
      grown = true;
    }
  }
  return widths;
}

/** Each row as a list of its cells, its first over the others. */
function records(columns: string[], rows: string[][], { width, colours }: Screen): { line: string; row: number }[] {
  return rows.flatMap((cells, row) => {
    const [first = "", ...rest] = cells;
    const lines = wrapped(`${columns[0]}: ${first}`, width).map((line) => paint(line, "bold", colours));
    for (const [index, cell] of rest.entries()) {
      if (cell === "") continue;
      const [start = "", ...more] = wrapped(`${columns[index + 1]}: ${cell}`, width && width - 4);
      lines.push(`  ${start}`, ...more.map((line) => `    ${line}`));
    }
    return [...lines, ""].map((line) => ({ line, row }));
  });
}

/** Lines no longer than the width; a word that is longer is cut. */
function wrapped(text: string, width: number | undefined): string[] {
  if (width === undefined) return text.split("\n");
  // Blanks at a line's beginning are the writer's own, those at a break are not.
  return text.split("\n").flatMap((line) => {
    const indent = /^ */.exec(line)![0];
    const inside = wrapAnsi(line.slice(indent.length), Math.max(1, width - indent.length), { hard: true });
    return inside.split("\n").map((part) => indent + part);
  });
}
