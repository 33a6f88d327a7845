/** The attributes of an element, of which one that is misspelt would be left out in silence. */

import { refused } from "../engine/core.ts";
import { unknown } from "../engine/nearest.ts";

/** What any element of HTML may have, beside what tells of an event. */
const GLOBAL = new Set(
  [
    "accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden",
    "id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style",
    "tabindex title translate virtualkeyboardpolicy writingsuggestions xmlns",
  ]
    .join(" ")
    .split(" "),
);

/**
 * The attributes of an element that are neither its own nor those of all elements. A name of more than letters is none of
 * either: it is data, or a framework's.
 */
export function strange(element: Element, own: readonly string[]): string[] {
  return element
    .getAttributeNames()
    .filter((name) => /^[a-z]+$/.test(name) && !name.startsWith("on") && !GLOBAL.has(name) && !own.includes(name));
}

/** @throws {MovingPartsError} with every one of these attributes, and what was meant. */
export function refuse(element: Element, names: readonly string[], own: readonly string[]): void {
  if (names.length === 0) return;
  const message = `is no attribute of <${element.localName}>`;
  throw refused(names.map((name) => ({ ...unknown("unknownAttribute", name, name, own), message })));
}
