/** The cells of a sheet, and how they look. */
import type { Cell, CellStyle, DataValidation, WriteSheet } from "hucre/xlsx";
import type { Field } from "../engine/api.ts";
import { address } from "./formula.ts";

const fill = (rgb: string): CellStyle["fill"] => ({ type: "pattern", pattern: "solid", fgColor: { rgb } });
const FONT = { name: "Calibri", size: 11 };
const grey = { ...FONT, color: { rgb: "666666" } };
const line = (rgb: string) => ({ bottom: { style: "thin" as const, color: { rgb } } });

type Look =
  | "title"
  | "plain"
  | "group"
  | "header"
  | "numericHeader"
  | "quiet"
  | "note"
  | "number"
  | "yours"
  | "held"
  | "warning";

export const STYLES: Record<Look, CellStyle> = {
  title: { font: { ...FONT, bold: true, size: 16 } },
  plain: { font: FONT },
  /** The name of a group of rows. */
  group: { font: { ...FONT, bold: true } },
  header: { font: { ...grey, bold: true }, border: line("888888"), alignment: { horizontal: "left", indent: 1 } },
  numericHeader: { font: { ...grey, bold: true }, border: line("888888"), alignment: { horizontal: "right" } },
  quiet: { font: grey },
  /** Beside a figure. */
  note: { font: grey, alignment: { horizontal: "left", indent: 1 } },
  number: { font: FONT },
  /** Whoever reads may change it. */
  yours: { font: FONT, fill: fill("FFF0A8"), border: line("E0C860") },
  /** A value that does not follow the inputs. */
  held: { font: { ...FONT, italic: true }, fill: fill("D9D9D9") },
  warning: { font: { ...FONT, bold: true, color: { rgb: "A40000" } } },
};

/** As many decimals as the size asks for; none for whole numbers, as long as they are whole. */
function numeric(style: CellStyle, value: number | undefined): CellStyle {
  const size = Math.abs(value ?? 0);
  if (size >= 1000) return { ...style, numFmt: "#,##0" };
  if (Number.isInteger(size)) return style;
  return { ...style, numFmt: size >= 10 ? "0.00" : size >= 1 ? "0.000" : "0.0000##" };
}

/** Columns that are printed beside each other. */
const WIDEST = 10;

export class Cells {
  private readonly cells = new Map<string, Partial<Cell>>();
  private readonly validations: DataValidation[] = [];

  text(row: number, column: number, value: string, style: CellStyle = STYLES.plain): void {
    this.set(row, column, { value, style });
  }

  number(row: number, column: number, value: number, style: CellStyle = STYLES.number): void {
    this.set(row, column, { value, style: numeric(style, value) });
  }

  /** A formula, with the value that it had when it was written: readers that do not calculate show that. */
  formula(row: number, column: number, formula: string, value?: number): void {
    const style = numeric(STYLES.number, value);
    this.set(row, column, { formula, style, ...(value !== undefined && { formulaResult: value }) });
  }

  /** @param numbers Which of the columns hold numbers. */
  header(row: number, columns: readonly string[], numbers: readonly number[] = []): void {
    for (const [column, text] of columns.entries()) {
      const style = numbers.includes(column) ? STYLES.numericHeader : STYLES.header;
      this.text(row, column, text, column === 0 ? { ...style, alignment: {} } : style);
    }
  }

  /** What a cell takes, as the field says, and what is said when it is given something else. */
  allow(row: number, column: number, { kind, min, max }: Pick<Field, "kind" | "min" | "max">): void {
    const whole = kind === "count";
    this.validations.push({
      type: whole ? "whole" : "decimal",
      operator: "between",
      formula1: String(min),
      formula2: String(max),
      range: address({ row, column }),
      showErrorMessage: true,
      errorTitle: "Not allowed",
      errorMessage: `Write a ${whole ? "whole number" : "number"} from ${min} to ${max}.`,
    });
  }

  /** @param widths Of the columns, in characters. @param frozen How many rows and columns stay in sight. */
  sheet(name: string, widths: readonly number[], frozen: { rows: number; columns: number }): WriteSheet {
    return {
      name,
      columns: widths.map((width) => ({ width })),
      cells: this.cells,
      dataValidations: this.validations,
      freezePane: frozen,
      // On paper the months go on over several sheets; all else is as wide as one.
      pageSetup: {
        orientation: "landscape",
        ...(widths.length <= WIDEST && { fitToPage: true, fitToWidth: 1, fitToHeight: 0 }),
      },
      view: { showGridLines: false },
    };
  }

  private set(row: number, column: number, cell: Partial<Cell>): void {
    this.cells.set(`${row},${column}`, cell);
  }
}
