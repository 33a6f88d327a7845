/** The notices that the licences of what is shipped ask for: of the crates in the wasm, and of the packages in the scripts. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import parse from "spdx-expression-parse";

/** What may be shipped, the one that is taken first where there is a choice. */
const SHIPPED = ["MIT", "ISC", "BSD-3-Clause", "BSD-2-Clause", "Zlib", "0BSD", "Apache-2.0", "Unicode-3.0"];

/** Every set of licences under which something may be taken. */
function offered({ license, conjunction, left, right }) {
  if (license) return [[license]];
  const [some, others] = [offered(left), offered(right)];
  if (conjunction === "or") return [...some, ...others];
  return some.flatMap((one) => others.map((other) => [...one, ...other]));
}

/** The licences under which something is taken, of those that its package offers. */
function taken(name, expression) {
  const [, choice] =
    offered(parse(expression.replaceAll("/", " OR ")))
      .filter((all) => all.every((licence) => SHIPPED.includes(licence)))
      .map((all) => [Math.max(...all.map((licence) => SHIPPED.indexOf(licence))), all])
      .sort(([one], [other]) => one - other)[0] ?? [];
  if (!choice) throw new Error(`${name} is under ${expression}, which may not be shipped`);
  return choice;
}

/** The text of a licence in a package's folder, if it holds one; a file named after the licence goes before a general one. */
function textOf(folder, licence) {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|copying)/i.test(entry.name))
    .map(({ name }) => name);
  const short = licence.split("-")[0].toLowerCase();
  const file = files.find((file) => file.toLowerCase().includes(short)) ?? files.find((file) => !/apache/i.test(file));
  return file && readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
}

/** The words of a licence without the holders; some files go on with other licences that may be chosen. */
function wordsOf(text, licence) {
  const plain = text.replaceAll(/-{3,}/g, "").replaceAll(/\s+/g, " ").trim();
  const mit = /Permission is hereby granted.*?DEALINGS IN THE SOFTWARE\.?/i.exec(plain)?.[0];
  if (licence === "MIT" && mit) return mit;
  return text
    .split("\n")
    .filter((line) => !HOLDER.test(line) && !/^(the )?isc licen[cs]e:?$/i.test(line.trim()))
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

const HOLDER = /^\s*copyright\s+(\(c\)|©|\d)/i;

/** The crates that are compiled into the wasm. */
function crates(root) {
  const asked = ["metadata", "--format-version", "1", "--locked", "--filter-platform", "wasm32-unknown-unknown"];
  const { packages, resolve } = JSON.parse(execFileSync("cargo", asked, { cwd: root, maxBuffer: 1 << 28 }));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const known = new Map(packages.map((found) => [found.id, found]));
  const reached = new Set();
  const reach = (id) => {
    if (reached.has(id)) return;
    reached.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
      // What only builds or tests is not in the wasm, nor is what runs in the compiler.
      const macro = known.get(pkg).targets.some(({ kind }) => kind.includes("proc-macro"));
      if (!macro && kinds.some(({ kind }) => kind === null)) reach(pkg);
    }
  };
  reach(packages.find(({ name }) => name === "moving-parts").id);
  return packages
    .filter(({ id, name }) => reached.has(id) && name !== "moving-parts")
    .map(({ name, version, license, manifest_path: path }) => ({ name, version, license, folder: dirname(path) }));
}

/** The npm packages whose files are in bundles. */
function bundled(www, metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(inputs.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  return [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(www, folder, "package.json"), "utf8"));
    return { name, version, license, folder: join(www, folder) };
  });
}

/**
 * All notices as one text: each licence's words once, under everything that is under it.
 * @param metafiles What esbuild says of the bundles.
 */
export function notices(root, metafiles) {
  const www = join(root, "www");
  const all = [...crates(root), ...bundled(www, metafiles)].sort((one, other) => (one.name < other.name ? -1 : 1));
  const texts = new Map();
  const silent = [];
  for (const { name, version, license, folder } of all) {
    for (const licence of taken(name, license)) {
      const text = textOf(folder, licence);
      if (text === undefined) {
        silent.push([licence, `${name} ${version}, as it says without the text`]);
        continue;
      }
      const holders = text.split("\n").filter((line) => HOLDER.test(line));
      const words = wordsOf(text, licence);
      const key = words.toLowerCase().replaceAll(/[^a-z]/g, "");
      const group = texts.get(key) ?? { licence, words, of: [] };
      group.of.push([`${name} ${version}`, ...holders.map((line) => line.trim())].join(", "));
      texts.set(key, group);
    }
  }
  for (const [wanted, line] of silent) {
    const group = [...texts.values()].find(({ licence }) => licence === wanted);
    if (!group) throw new Error(`${line}: nothing else has the words of ${wanted}`);
    group.of.push(line);
  }
  return [...texts.values()]
    .map(({ licence, words, of }) => `Under ${licence}:\n${of.map((line) => `  ${line}`).join("\n")}\n\n${words}\n`)
    .join("\n");
}
