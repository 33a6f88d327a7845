/** Tables for people and programs. */
import { csvFormatRows } from "d3-dsv";

export type Format = "table" | "json" | "csv" | "markdown";

export interface Table {
  columns: string[];
  rows: (string | number)[][];
}

export function isFormat(format: string): format is Format {
  return ["table", "json", "csv", "markdown"].includes(format);
}

/** A table in a format other than JSON, with a sentence over it where people read it. */
export function render(table: Table, format: Format, heading?: string): string {
  const rows = table.rows.map((row) => row.map(String));
  if (format === "csv") return `${csvFormatRows([table.columns, ...rows])}\n`;
  if (format === "markdown") {
    const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    const lines = [line(table.columns), line(table.columns.map(() => "---")), ...rows.map(line)];
    return `${heading ? `${heading}\n\n` : ""}${lines.join("\n")}\n`;
  }
  return `${heading ? `${heading}\n\n` : ""}${aligned(table.columns, rows)}\n`;
}

/** Columns under each other; figures to the right; the last column runs on. */
function aligned(columns: string[], rows: string[][]): string {
  const all = [columns, ...rows];
  const last = columns.length - 1;
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const numeric = columns.map((_, column) => rows.every((row) => /^[−$\d.,]*( ?[a-zA-Z]{1,2})?$/.test(row[column]!)));
  return all
    .map((row) =>
      row
        .map((cell, column) => {
          if (numeric[column]) return cell.padStart(widths[column]!);
          return column === last ? cell : cell.padEnd(widths[column]!);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
