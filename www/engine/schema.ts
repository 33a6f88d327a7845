import schemaText from "./schema.json" with { type: "json" };

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Record<string, unknown>;

/** The JSON Schema of a scenario. */
export function schema(): JsonSchema {
  return schemaText;
}
