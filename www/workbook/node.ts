/** In Node the engine is ready after the import. */
import "../engine/node.ts";

export { workbook } from "./main.ts";
