/** Fields, facts and parts of the catalog by what they are called. */
import { catalog, type Fact, type Field, type Part } from "./api.ts";

/** Looks names up in a list that is read when the first is asked for: the catalog is there once the engine is. */
function lookup<Item>(what: string, items: () => readonly Item[], nameOf: (item: Item) => string) {
  let known: Map<string, Item> | undefined;
  return (name: string): Item => {
    known ??= new Map(items().map((item) => [nameOf(item), item]));
    const item = known.get(name);
    if (item === undefined) throw new Error(`there is no ${what} "${name}" in the catalog`);
    return item;
  };
}

/** A field by its path, one of a list by that of its items: `workload.growth.steps[].factor`. */
export const fieldAt = lookup<Field>(
  "field",
  () => [...catalog().fields, ...catalog().listFields],
  ({ path }) => path,
);

/** A fact by its id. */
export const factAt = lookup<Fact>(
  "fact",
  () => catalog().facts,
  ({ id }) => id,
);

/** A part by its id. */
export const partAt = lookup<Part>(
  "part",
  () => catalog().parts,
  ({ id }) => id,
);

/** The fact that is a field's default, if it is one. */
export function defaultOf({ defaultFact }: Field): Fact | undefined {
  return defaultFact === undefined ? undefined : factAt(defaultFact);
}
