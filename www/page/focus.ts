/** Where the keyboard goes when a derivation opens, when it closes, and when what had it is gone. */

/** The number whose derivation was opened: the focus goes back to it. */
let origin: HTMLElement | undefined;

/** The page in which an element stands, or the shadow tree of the calculator in which it does. */
export function rootOf(element: Element): Document | ShadowRoot {
  return element.getRootNode() as Document | ShadowRoot;
}

/** The focus goes on in the derivation that was opened. */
export function enterDerivation(from: HTMLElement): void {
  origin = from;
  rootOf(from).querySelector<HTMLElement>(".derivation")?.focus({ preventScroll: true });
}

/** The focus goes back to where it came from, if that is still there. */
export function leaveDerivation(): void {
  if (origin?.isConnected) origin.focus({ preventScroll: true });
  origin = undefined;
}

/** The focus goes on where it is lost, as the button that was pressed is gone or rests; else it stays where it is. */
export function goOn(root: Document | ShadowRoot, to: () => HTMLElement | null | undefined): void {
  const held = root.activeElement;
  if (held && held !== document.body && !held.matches(":disabled")) return;
  to()?.focus({ preventScroll: true });
}
