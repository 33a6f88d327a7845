/** Bundles the page and the npm package into dist/. Run by `cargo xtask build` after the wasm is made. */
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transformSync } from "esbuild";
import { notices } from "./notices.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const at = (path) => root + path;
const wasm = readFileSync(at("target/engine/moving_parts.wasm"));
const version = /^version = "(.+)"$/m.exec(readFileSync(at("Cargo.toml"), "utf8"))[1];

/** What esbuild says of every bundle that is shipped. */
const metafiles = [];

/** Bundles something that is shipped. */
async function ship(options) {
  const made = await build({ ...common, ...options, metafile: true });
  metafiles.push(made.metafile);
  return made;
}

const common = {
  bundle: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: at("www"),
  tsconfig: at("www/tsconfig.json"),
};

/** Makes `import wasm from "#wasm"` the bytes of the wasm, and `#packed` the same compressed. */
const inlineWasm = {
  name: "inline-wasm",
  setup(bundler) {
    const namespace = "bytes";
    bundler.onResolve({ filter: /^#(wasm|packed)$/ }, ({ path }) => ({ path, namespace }));
    bundler.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: path === "#wasm" ? wasm : gzipSync(wasm, { level: 9 }),
      loader: "binary",
    }));
  },
};

rmSync(at("dist"), { recursive: true, force: true });

// The npm package: one wasm, one glue in a shared chunk, small entries.
await ship({
  entryPoints: {
    node: "engine/node.ts",
    web: "engine/web.ts",
    inline: "engine/inline.ts",
    workbook: "workbook/main.ts",
    "workbook-node": "workbook/node.ts",
    cli: "cli/main.ts",
  },
  format: "esm",
  splitting: true,
  chunkNames: "[name]-[hash]",
  platform: "neutral",
  external: ["node:*"],
  mainFields: ["module", "main"],
  plugins: [inlineWasm],
  outdir: at("dist/npm"),
});
cpSync(at("target/engine/moving_parts.wasm"), at("dist/npm/moving_parts.wasm"));
// With what the README links to, under the same names.
const LINKED = ["www/picture.png", "tests/WALKS.md", "tests/CLAIMS.md", "tests/BACKTEST.md"];
for (const file of ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md", ...LINKED])
  cpSync(at(file), at(`dist/npm/${file}`));
cpSync(at("www/engine/schema.json"), at("dist/npm/schema.json"));
declarations();
writeFileSync(at("dist/npm/package.json"), `${JSON.stringify(packageJson(), null, 2)}\n`);

// What a browser loads, measured by the size snapshot.
await build({
  ...common,
  entryPoints: { glue: "#glue", web: "engine/web.ts" },
  format: "esm",
  minify: true,
  outdir: at("dist/size"),
});

const answers = await presetAnswers();
const { markup: paint, first: known } = await firstPaint();

// The page's worker: a file of its own, or, in the page that is one file, its text.
const worker = await ship({
  entryPoints: { worker: "page/worker.ts" },
  format: "iife",
  minify: true,
  write: false,
  outdir: at("dist/page"),
  alias: { "#engine": at("www/engine/web.ts") },
});
const workerText = worker.outputFiles[0].text;

/** Makes `import first from "#first"` the numbers of the first paint, to as many digits as are ever shown. */
function withFirst(numbers) {
  const digits = (_, value) =>
    value instanceof Float64Array
      ? Array.from(value)
      : typeof value === "number"
        ? Number(value.toPrecision(6))
        : value;
  return {
    name: "first",
    setup(bundler) {
      bundler.onResolve({ filter: /^#first$/ }, () => ({ path: "first", namespace: "first" }));
      bundler.onLoad({ filter: /.*/, namespace: "first" }, () => ({
        contents: JSON.stringify(numbers, digits),
        loader: "json",
      }));
    },
  };
}

/** Makes `import makeWorker from "#worker"` the given code. */
function workerFrom(code) {
  return {
    name: "worker",
    setup(bundler) {
      bundler.onResolve({ filter: /^#worker$/ }, () => ({ path: "worker", namespace: "worker" }));
      bundler.onLoad({ filter: /.*/, namespace: "worker" }, () => ({ contents: code, loader: "js" }));
    },
  };
}
// A host that requires trusted types lets a policy of this name, and only that, name a worker's address.
const policy = `const policy = globalThis.trustedTypes?.createPolicy("moving-parts", { createScriptURL: (address) => address });
const start = (address) => new Worker(policy ? policy.createScriptURL(address) : address);`;
const beside = `${policy}
export default () => start(new URL("worker.js", document.baseURI).href);`;
const within = `${policy}
const text = ${JSON.stringify(workerText)};
let address;
export default () => start((address ??= URL.createObjectURL(new Blob([text], { type: "text/javascript" }))));`;

// The elements' script is its own worker where it comes from the page's own host: a strict policy allows no other. Elsewhere
// the text of that same function is one.
const itself = `${policy}
const own = document.currentScript?.src;
const alike = own && location.protocol !== "file:" && new URL(own).origin === location.origin;
let address;
const made = () =>
  (address ??= URL.createObjectURL(new Blob(["(" + movingPartsWorker + ")()"], { type: "text/javascript" })));
export default () => start(alike ? own : made());`;

// What writes workbooks is wanted by few: the served page asks for it when it is.
await ship({
  entryPoints: { workbook: "workbook/write.ts" },
  format: "esm",
  minify: true,
  outdir: at("dist/page"),
});
const besideWorkbook = `export const write = async (source) =>
  (await import(new URL("workbook.js", document.baseURI).href)).write(source);`;

// The page: served, with its wasm beside it; and as one file that opens from disk.
const page = { entryPoints: { page: "page/main.ts" }, minify: true, write: false, outdir: at("dist/page") };
const served = await ship({
  ...page,
  format: "esm",
  alias: { "#engine": at("www/engine/web.ts") },
  plugins: [
    withFirst(known),
    workerFrom(beside),
    text("#workbook", besideWorkbook, "js"),
    singleAt("moving-parts.html"),
  ],
});
const single = await ship({
  ...page,
  format: "iife",
  alias: { "#engine": at("www/engine/inline.ts"), "#workbook": at("www/workbook/write.ts") },
  plugins: [inlineWasm, withFirst(known), workerFrom(within), singleAt("")],
});
const style = await build({ ...common, entryPoints: ["page/page.css"], minify: true, write: false });
const css = style.outputFiles[0].text;
const template = readFileSync(at("www/page/index.html"), "utf8")
  .replace("<!-- presets -->", () => answers)
  .replace("<!-- first paint -->", () => paint);
// A link has another answer than the one of the first paint: that is not to flash up before it.
const first =
  'const{dataset}=document.documentElement;if(location.hash.length>1)dataset.linked="";' +
  'dataset.theme=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";';
// Served, the wasm is compiled while the script is still on its way. Whoever starts the engine hears of a failure.
const compiling =
  'globalThis.compiling=WebAssembly.compileStreaming(fetch("moving_parts.wasm"));compiling.catch(()=>{});';

mkdirSync(at("dist/page"), { recursive: true });
writeFileSync(at("dist/page/page.js"), served.outputFiles[0].text);
writeFileSync(at("dist/page/worker.js"), workerText);
writeFileSync(at("dist/page/first.js"), first + compiling);
writeFileSync(at("dist/page/page.css"), css);
cpSync(at("target/engine/moving_parts.wasm"), at("dist/page/moving_parts.wasm"));
writeFileSync(
  at("dist/page/index.html"),
  template
    // The wasm is wanted at once: without this it is asked for only when the first script is there.
    .replace(
      "<!-- style -->",
      '<link rel="preload" href="moving_parts.wasm" as="fetch" type="application/wasm" crossorigin>\n<link rel="stylesheet" href="page.css">',
    )
    .replace("<!-- first -->", '<script src="first.js"></script>')
    .replace("<!-- script -->", '<script type="module" src="page.js"></script>'),
);
const inlined = single.outputFiles[0].text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
writeFileSync(
  at("dist/moving-parts.html"),
  template
    .replace("<!-- style -->", () => `<style>${css}</style>`)
    .replace("<!-- first -->", `<script>${first}</script>`)
    .replace("<!-- script -->", () => `<script>${inlined}</script>`),
);

// The elements for a post: one script with everything in it, and one that fetches the wasm from beside it.
for (const [name, from] of [
  ["moving-parts", "inline"],
  ["moving-parts.slim", "beside"],
])
  await ship({
    entryPoints: { [name]: "elements/main.ts" },
    format: "iife",
    minify: true,
    alias: { "#engine": at("www/engine/web.ts"), "#start": at(`www/elements/start-${from}.ts`) },
    define: { "import.meta.url": "document.baseURI" },
    plugins: [
      inlineWasm,
      text("#style", elementStyle()),
      text("#version", `export const version = ${JSON.stringify(version)};`, "js"),
      workerFrom(itself),
    ],
    // On a server there is nothing to do: what renders a page there may import it.
    banner: {
      js: `(()=>{const movingPartsWorker=()=>{${workerText}};if(typeof document!=="undefined"){`,
    },
    footer: { js: `}else if(typeof WorkerGlobalScope!=="undefined")movingPartsWorker()})();` },
    outdir: at("dist/npm"),
  });

// What is one file holds the notices of what is in it; beside what is several they are a file.
const thirdParty = notices(root, metafiles);
if (/\*\/|-->/.test(thirdParty)) throw new Error("a licence's text would end the comment in which it stands");
for (const folder of ["npm", "page"]) writeFileSync(at(`dist/${folder}/THIRD-PARTY.txt`), thirdParty);
appendFileSync(at("dist/moving-parts.html"), `<!--\n${thirdParty}-->\n`);
for (const name of ["moving-parts", "moving-parts.slim"])
  appendFileSync(at(`dist/npm/${name}.js`), `/*!\n${thirdParty}*/\n`);

// Beside the page: the same as one file, for frames; the elements' scripts, a sample post, and a page of all elements and
// their options.
cpSync(at("dist/moving-parts.html"), at("dist/page/moving-parts.html"));
for (const file of ["moving-parts.js", "moving-parts.slim.js"]) cpSync(at(`dist/npm/${file}`), at(`dist/page/${file}`));
cpSync(at("www/examples"), at("dist/page/examples"), { recursive: true });

// For hosts that serve what is already compressed.
for (const { name: file } of readdirSync(at("dist/page"), { withFileTypes: true }).filter((entry) => entry.isFile()))
  writeFileSync(at(`dist/page/${file}.br`), brotliCompressSync(readFileSync(at(`dist/page/${file}`))));

/** Where the page as one file is: beside the served page; that file itself is it, under whatever name. */
function singleAt(address) {
  return text("#single", `export const single = ${JSON.stringify(address)};`, "js");
}

/** Makes an import of a name a text, or a module of its own. */
function text(name, contents, loader = "text") {
  const namespace = `text-${name.slice(1)}`;
  return {
    name: namespace,
    setup(bundler) {
      bundler.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace }));
      bundler.onLoad({ filter: /.*/, namespace }, () => ({ contents, loader }));
    },
  };
}

/**
 * The page's style for a shadow tree: its root and its body are the calculator's own frame, the room is that of the
 * calculator and not of the window, and every colour and face of the palette can be set by the host.
 */
function elementStyle() {
  const page = readFileSync(at("www/page/page.css"), "utf8")
    .replaceAll(/@import "(.*)";/g, (_, file) => readFileSync(at(`www/page/${file}`), "utf8"))
    .replaceAll(/:root(?=[[ ,{])/g, ".moving-parts")
    .replaceAll(/^( *)body \{/gm, "$1.moving-parts {")
    .replaceAll(/@media (?:screen and )?(?=\((?:min|max)-width)/g, "@container ")
    .replace(/@page \{(?:[^{}]|\{[^{}]*\})*\}/, "")
    .replaceAll(/^ {2}--([a-z0-9-]+): ([^;]+);$/gm, (line, name, value) =>
      ["mark", "name"].includes(name) ? line : `  --${name}: var(--moving-parts-${name}, ${value});`,
    );
  const own = readFileSync(at("www/elements/elements.css"), "utf8");
  return transformSync(page + own, { loader: "css", minify: true, target: common.target }).code;
}

/** The start of the page, drawn by the page's own templates. */
async function firstPaint() {
  const drawn = await build({
    ...common,
    entryPoints: ["page/prerender.ts"],
    format: "esm",
    platform: "node",
    conditions: ["node"],
    alias: { "#engine": at("www/engine/inline.ts") },
    // The numbers are what it is to find; the templates in which they stand are not drawn.
    plugins: [inlineWasm, withFirst({}), text("#workbook", "export const write = undefined;", "js"), singleAt("")],
    outfile: at("target/engine/prerender.mjs"),
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  if (drawn.errors.length > 0) throw new Error("the first paint could not be bundled");
  const prerender = await import(pathToFileURL(at("target/engine/prerender.mjs")).href);
  return prerender.firstPaint();
}

/** Each preset's answer as a table, for readers without scripts. */
async function presetAnswers() {
  const engine = await import(pathToFileURL(at("dist/npm/node.js")).href);
  const rows = engine.presets().map((preset) => {
    const comparison = engine.compare({ preset: preset.id });
    const answer = comparison.verdict;
    return `<tr><th scope="row">${escapeHtml(preset.name)}</th><td>${escapeHtml(preset.company)}</td><td>${escapeHtml(answer)}</td></tr>`;
  });
  return rows.join("\n");
}

function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** The types of the entries, from their sources: as those of ES modules, and the same for what requires the package. */
function declarations() {
  execFileSync(at("www/node_modules/.bin/tsc"), ["--project", at("www/tsconfig.types.json")], { stdio: "inherit" });
  const folder = at("dist/npm/types/");
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.endsWith(".d.ts")) continue;
    // What the workbook is made with is no part of what it offers.
    if (file.startsWith("workbook/") && file !== "workbook/main.d.ts") rmSync(folder + file);
    else {
      const text = readFileSync(folder + file, "utf8");
      writeFileSync(folder + file, text.replace(/(from "\.{1,2}\/[a-z/]+)\.ts"/g, '$1.js"'));
    }
  }
  // TypeScript lets a CommonJS module require no ES module, which Node does: such a module reads the types of one of its kind.
  const required = at("dist/npm/types-require/");
  cpSync(folder, required, { recursive: true });
  writeFileSync(`${required}package.json`, '{ "type": "commonjs" }\n');
}

/** Where the types of an entry are. */
function types(file) {
  return { import: `./types/${file}`, require: `./types-require/${file}` };
}

function packageJson() {
  return {
    name: "moving-parts",
    version,
    description: "What it costs, in money and in people, to run a company's software in nine ways",
    license: "MIT OR Apache-2.0",
    author: "the moving-parts authors",
    type: "module",
    engines: { node: ">=20.19" },
    exports: {
      ".": {
        node: { types: types("engine/node.d.ts"), default: "./node.js" },
        default: { types: types("engine/web.d.ts"), default: "./web.js" },
      },
      "./inline": { types: types("engine/inline.d.ts"), default: "./inline.js" },
      "./workbook": {
        types: types("workbook/main.d.ts"),
        node: "./workbook-node.js",
        default: "./workbook.js",
      },
      "./elements": { types: types("elements/types.d.ts"), default: "./moving-parts.js" },
      "./elements/slim": { types: types("elements/types.d.ts"), default: "./moving-parts.slim.js" },
      "./moving_parts.wasm": "./moving_parts.wasm",
      "./schema.json": "./schema.json",
      "./package.json": "./package.json",
    },
    // For tools that do not read exports.
    main: "./node.js",
    types: "./types/engine/node.d.ts",
    bin: { "moving-parts": "./cli.js" },
    sideEffects: [
      "./node.js",
      "./inline.js",
      "./workbook-node.js",
      "./cli.js",
      "./moving-parts.js",
      "./moving-parts.slim.js",
    ],
    keywords: [
      "tco",
      "cost",
      "infrastructure",
      "cloud",
      "kubernetes",
      "bare-metal",
      "uncertainty",
      "calculator",
      "cli",
      "wasm",
    ],
  };
}
