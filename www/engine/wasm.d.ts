/** The bytes of the wasm, put in by the bundler. */
declare module "#wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
