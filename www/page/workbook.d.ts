/** What writes workbooks; the bundler makes it a part of the page that is one file, and a script beside the served one. */
declare module "#workbook" {
  export function write(source: import("../workbook/source.ts").Source): Promise<Uint8Array<ArrayBuffer>>;
}
