/** How the engine is started; the bundler picks the file: with the wasm inside it, or beside it. */
declare module "#start" {
  /** Starts the engine; the error of a failure says what it was. */
  export function begin(): Promise<void>;
}

/** The style of the page for a calculator, put in by the bundler. */
declare module "#style" {
  const css: string;
  export default css;
}

/** The version of the package, put in by the bundler. */
declare module "#version" {
  export const version: string;
}
