/**
 * Makes functions of the engine fail with their next call, as they would if Rust panicked in them or a browser's compiler
 * were wrong. It stands alone, so that it can be sent to a page or its threads as a string.
 * @param names The exports that are to fail: an array of as many as failures there are to be, or one to which more are added.
 */
export function makeFailing(names) {
  const { Instance } = WebAssembly;
  const fail = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  WebAssembly.Instance = class {
    constructor(module, imports) {
      const { exports } = new Instance(module, imports);
      const get = (_, name) => {
        const place = names.indexOf(name);
        if (place < 0) return exports[name];
        names.splice(place, 1);
        return fail;
      };
      this.exports = new Proxy({}, { get });
    }
  };
}
