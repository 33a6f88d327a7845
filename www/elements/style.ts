/** The page's look inside a calculator, once for all of them. */

import css from "#style";
import { seen } from "../page/colour.ts";

let sheet: CSSStyleSheet | undefined;

/** Taken as a sheet of its own: a strict policy allows it, and the host's style stays as it is. */
export function look(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  root.adoptedStyleSheets = [sheet];
}

/** Whether an element stands on a dark ground: its words are light then. Where that cannot be told it is light, as most are. */
export function onDark(element: Element): boolean {
  const [red, green, blue] = seen(getComputedStyle(element).color) ?? [0, 0, 0];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 128;
}
