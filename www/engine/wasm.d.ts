/** The bytes of the wasm, put in by the bundler. */
declare module "#wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** The same, compressed by gzip. */
declare module "#packed" {
  const packed: Uint8Array<ArrayBuffer>;
  export default packed;
}

/** Starts the page's worker, put in by the bundler: from its own file, or from its text. */
declare module "#worker" {
  export default function makeWorker(): Worker;
}
