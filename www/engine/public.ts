/** What every entry of the package exports, beside its own `init`. */
export type * from "./api.ts";
export {
  catalog,
  compare,
  explain,
  facts,
  fromLink,
  needs,
  partPrices,
  parts,
  preset,
  presets,
  ranges,
  sets,
  toLink,
  validate,
  variantLabel,
  version,
} from "./api.ts";
export type * from "./questions.ts";
export {
  breakEven,
  goalSeek,
  plan,
  refineUncertainty,
  sensitivity,
  slope,
  stack,
  sweep,
  uncertainty,
  winners,
} from "./questions.ts";
export { type JsonSchema, schema } from "./schema.ts";
