/** Where each variant wins: a map over two inputs, the reader's point on it, and the nearest borders. */

import { scaleLinear, scaleLog } from "d3-scale";
import { html, nothing, svg, type TemplateResult } from "lit";
import { type Field, type Sweep, type SweptAxis, type VariantId, variantLabel } from "#engine";
import { CLEAR } from "../engine/odds.ts";
import { agree, capital, exact, short, spoken, usd } from "../engine/words.ts";
import type { Along } from "./borders.ts";
import type { Context } from "./context.ts";
import { FIRST } from "./inputs.ts";
import { cheapestWay } from "./mend.ts";
import { shortName } from "./names.ts";
import { nothingFits } from "./nofit.ts";
import { rangesOf } from "./said.ts";
import { figureWidth, section, stale, waiting } from "./section.ts";
import { axes } from "./state.ts";
import type { Border } from "./stretches.ts";
import { bordersOf, bordersOn, distance } from "./tracks.ts";
import { inPercent, rounded, shown, unitBeside } from "./values.ts";

const LEFT = 64;
const BOTTOM = 46;

/** Half the height of a name. */
const NAME = 9;

/** Where names stand and which regions there are; of the map drawn last, as it takes longer than drawing it. */
let placed: { map: Sweep; width: number; names: Label[]; fine: Fine } | undefined;

/** How many places of the drawing lie between two of the map, each way: costs in between are interpolated. */
const FINE = 4;

/** The map as it is drawn: winners, and whether they are clear, row by row. */
interface Fine {
  columns: number;
  rows: number;
  winners: (VariantId | null)[];
  clear: boolean[];
}

export function mapSection(context: Context): TemplateResult {
  const { state, go, answers } = context;
  const { map, failed } = answers;
  if (!map?.y) return waiting("Where each wins", "map", failed);
  const [x, y] = [map.x, map.y].map(({ path }) => axes().find((field) => field.path === path)!) as [Field, Field];
  const choose = (axis: "x" | "y") => (event: Event) => {
    const path = (event.target as HTMLSelectElement).value;
    const other = axis === "x" ? "y" : "x";
    // The same input twice makes no map: then the two change places.
    const now = state.view.map;
    const next = { ...now, [axis]: path, [other]: now[other] === path ? now[axis] : now[other] };
    go({ ...state, view: { ...state.view, map: next } });
  };
  const select = (axis: "x" | "y", name: string) => html`<span class="note">${name}
    <select class="text-button" aria-label="input ${name}" @change=${choose(axis)}>${axes().map(
      (field) =>
        html`<option value=${field.path} ?selected=${field.path === state.view.map[axis]}>${field.label}</option>`,
    )}</select></span>`;
  return section(context, {
    id: "map",
    kicker: "Where each wins",
    finding: finding(context, map, x, y),
    under: html`Plain colour: the cheapest in the mean, and in at least two draws of three. Stripes: in fewer.${
      x.path === "workload.weeklyUsers" || y.path === "workload.weeklyUsers"
        ? " Users are those of the first month; growth or decline goes on from there."
        : ""
    } ${stale(context, "map")}`,
    buttons: html`${select("x", "across")} ${select("y", "up")}`,
    figure: () => figure(context, map, x, y),
    from: [
      map,
      context.pointed.place,
      answers.tracks,
      answers.ways,
      context.comparison.best,
      context.answers.fresh.has("borders") && answers.borders,
    ],
    table: () => {
      // Every fourth place each way is enough to read.
      const [columns, rows] = [map.x, map.y!].map(({ values }) => [...values.keys()].filter((at) => at % 4 === 0));
      return {
        columns: [
          { name: `${y.label} \\ ${x.label}`, unit: y.unit, show: (value) => shown(rounded(value, y, 3), y) },
          ...columns!.map((at) => {
            const value = map.x.values[at]!;
            return { name: String(value), unit: x.unit, head: shown(rounded(value, x, 3), x) };
          }),
        ],
        rows: rows!.map((row) => [
          map.y!.values[row]!,
          ...columns!.map((column) => {
            const winner = map.winners[row * map.x.values.length + column];
            return winner ? variantLabel(winner) : "nothing fits";
          }),
        ]),
      };
    },
  });
}

/** A value of an axis with its unit, in words. */
function said(value: number, field: Field): string {
  const unit = unitBeside(field);
  // Of a share that is nearly whole the digits are those of the rest: two of them are as many as are known.
  const number = value >= 10000 ? short(value) : shown(rounded(value, field, inPercent(field) ? 2 : 3), field);
  return (unit && unit !== "people/week" ? `${number} ${unit}` : number).replaceAll(" ", "\u00a0");
}

/** Who costs least, and the nearest border that all draws confirm, as a sentence. */
function finding(context: Context, map: Sweep, x: Field, y: Field): string {
  const { best } = context.comparison;
  const off = "where you are, nothing fits";
  if (best === null) return capital(nothingFits(context, off) ?? off);
  const least = `${capital(variantLabel(best))} ${agree(best, "is", "are")} the cheapest here`;
  const [nearest] = [x, y]
    .flatMap(({ path }) => confirmedOn(context, path)?.named ?? [])
    .sort((a, b) => distance(a) - distance(b));
  if (nearest) {
    const beyond = nearest.winner ? `it is ${variantLabel(nearest.winner)}` : "nothing fits";
    return `${least}; ${nearest.outwards > 0 ? "above" : "below"} ${quantity(nearest)} ${beyond}`;
  }
  const alone = [...bordersOn(map.x, x), ...bordersOn(map.y!, y)].length === 0 && map.winner === best;
  return alone ? `${least}, and along both of these as far as ${exact(map.draws)} draws at each place can tell` : least;
}

/** What all draws say of the borders along an input, if they were asked and still are of the company shown. */
function confirmedOn({ answers }: Context, path: string): Along | undefined {
  return answers.fresh.has("borders") ? answers.borders?.[path] : undefined;
}

/** The place of a border as it is said: `2.2 million weekly users`, `4 (peak over mean)`. */
function quantity({ at, field }: Border): string {
  const name = field.label.charAt(0).toLowerCase() + field.label.slice(1);
  const counted = field.kind === "count" || field.unit.startsWith("people");
  return counted
    ? `${at >= 1e6 ? spoken(rounded(at, field)) : said(at, field)} ${name}`
    : `${said(at, field)} (${name})`;
}

/**
 * The borders around the reader's point along the map's own inputs, the nearest as a factor first; those that all draws have
 * looked at as they say. An input that is only believed may have another winner at its likeliest value than over all: a border
 * to the answer itself is none.
 */
function borders(context: Context, map: Sweep, x: Field, y: Field): Border[] {
  const along = (axis: SweptAxis, field: Field) => {
    const looked = confirmedOn(context, field.path);
    return looked ? [...looked.named, ...looked.others] : bordersOn(axis, field);
  };
  return [...along(map.x, x), ...along(map.y!, y)]
    .filter(({ winner }) => winner !== context.comparison.best)
    .sort((a, b) => distance(a) - distance(b));
}

/** The same along all inputs that stand first, as many as are worth a look. */
function around(context: Context, map: Sweep, x: Field, y: Field): Border[] {
  const { state, answers, comparison } = context;
  const values = rangesOf(state.scenario);
  // Of what hardly moves, such as an availability, a factor says nothing.
  const others = axes().filter(
    ({ path, low, high }) => FIRST.includes(path) && path !== x.path && path !== y.path && low < high / 2,
  );
  const along = others.flatMap((field) => bordersOf(answers, field, values[field.path]!.p50, comparison.best));
  return [...borders(context, map, x, y), ...along].sort((a, b) => distance(a) - distance(b)).slice(0, 6);
}

/** The winners between the places of a map: the costs of each variant are interpolated, as ratios. */
function refined(map: Sweep): Fine {
  const [across, up] = [map.x.values.length, map.y!.values.length];
  const [columns, rows] = [(across - 1) * FINE + 1, (up - 1) * FINE + 1];
  const logs = map.variants.map(({ values }) => values.map((value) => Math.log(Math.max(value, 1e-9))));
  const winners: Fine["winners"] = [];
  const clear: boolean[] = [];
  for (let row = 0; row < rows; row++) {
    const [top, below] = [Math.floor(row / FINE), Math.min(up - 1, Math.floor(row / FINE) + 1)];
    const down = row / FINE - top;
    for (let column = 0; column < columns; column++) {
      const [left, right] = [Math.floor(column / FINE), Math.min(across - 1, Math.floor(column / FINE) + 1)];
      const over = column / FINE - left;
      const between = (values: Float64Array) =>
        (1 - down) * ((1 - over) * values[top * across + left]! + over * values[top * across + right]!) +
        down * ((1 - over) * values[below * across + left]! + over * values[below * across + right]!);
      const nearest = Math.round(row / FINE) * across + Math.round(column / FINE);
      let best = -1;
      let least = Number.POSITIVE_INFINITY;
      map.variants.forEach(({ feasible }, variant) => {
        const cost = feasible[nearest] ? between(logs[variant]!) : Number.POSITIVE_INFINITY;
        if (cost < least) [best, least] = [variant, cost];
      });
      const winner = map.variants[best];
      winners.push(winner?.variant ?? null);
      clear.push(!winner || between(winner.chanceBest) >= CLEAR);
    }
  }
  return { columns, rows, winners, clear };
}

function scale({ log, values }: SweptAxis, range: [number, number]) {
  const domain = [values[0]!, values[values.length - 1]!];
  return log ? scaleLog(domain, range) : scaleLinear(domain, range);
}

function figure(context: Context, map: Sweep, x: Field, y: Field): TemplateResult {
  const full = figureWidth();
  const narrow = full < 600;
  const width = narrow ? full : full - 250;
  const height = Math.round(Math.min(430, width * 0.72));
  const across = scale(map.x, [LEFT, width - 24]);
  const up = scale(map.y!, [height, 8]);
  const [columns, rows] = [map.x.values.length, map.y!.values.length];
  const edges = (axis: SweptAxis, place: (value: number) => number) => {
    const middles = Array.from(axis.values, place);
    const inner = middles.slice(1).map((at, index) => (at + middles[index]!) / 2);
    return [middles[0]!, ...inner, middles[middles.length - 1]!];
  };
  const [xs, ys] = [edges(map.x, across), edges(map.y!, up)];
  const fine = placed?.map === map ? placed.fine : refined(map);
  // The places of the drawing, between those of the map.
  const edge = (at: number, edges: number[], middles: number[]) => {
    const place = (at - 0.5) / FINE;
    if (place <= 0) return edges[0]!;
    if (place >= middles.length - 1) return edges[edges.length - 1]!;
    const low = Math.floor(place);
    return middles[low]! + (place - low) * (middles[low + 1]! - middles[low]!);
  };
  const [columnAt, rowAt] = [Array.from(map.x.values, across), Array.from(map.y!.values, up)];
  const fineX = Array.from({ length: fine.columns + 1 }, (_, at) => edge(at, xs, columnAt));
  const fineY = Array.from({ length: fine.rows + 1 }, (_, at) => edge(at, ys, rowAt));
  const [fx, fy] = [fineX, fineY].map((edges) => edges.map((at) => at.toFixed(1))) as [string[], string[]];
  const paths = new Map<string, { winner: VariantId | null; clear: boolean; d: string }>();
  let lines = "";
  for (let row = 0; row < fine.rows; row++) {
    const at = (column: number) => row * fine.columns + column;
    for (let column = 0, from = 0; column < fine.columns; column++) {
      const [here, sure] = [fine.winners[at(column)] ?? null, fine.clear[at(column)]!];
      const last = column === fine.columns - 1;
      if (last || fine.winners[at(column + 1)] !== here || fine.clear[at(column + 1)] !== sure) {
        const key = `${here} ${sure}`;
        const region = paths.get(key) ?? { winner: here, clear: sure, d: "" };
        region.d += `M${fx[from]} ${fy[row]}H${fx[column + 1]}V${fy[row + 1]}H${fx[from]}z`;
        paths.set(key, region);
        from = column + 1;
      }
      if (!last && fine.winners[at(column + 1)] !== here) lines += `M${fx[column + 1]} ${fy[row]}V${fy[row + 1]}`;
      if (row < fine.rows - 1 && (fine.winners[at(column) + fine.columns] ?? null) !== here)
        lines += `M${fx[column]} ${fy[row + 1]}H${fx[column + 1]}`;
    }
  }
  const regions = [...paths.values()].map(
    ({ winner, clear, d }) =>
      svg`<path class=${winner ? "region" : "region none"} data-variant=${winner ?? "none"} d=${d}></path>
        ${clear ? nothing : svg`<path fill="url(#toss-${winner})" d=${d}></path>`}`,
  );
  const stripes = [...new Set([...paths.values()].filter(({ clear }) => !clear).map(({ winner }) => winner))].map(
    (
      winner,
    ) => svg`<pattern id="toss-${winner}" data-variant=${winner ?? "none"} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="toss" width="7" height="7"></rect><line class="hatch" x1="0" y1="0" x2="0" y2="7"></line></pattern>`,
  );
  const inside = (value: number, { values }: SweptAxis) => value >= values[0]! && value <= values[values.length - 1]!;
  const off = [
    { axis: map.x, field: x },
    { axis: map.y!, field: y },
  ].filter(({ axis }) => !inside(axis.now, axis));
  const here = off.length === 0;
  const [ownX, ownY] = [across(map.x.now), up(map.y!.now)];
  if (placed?.map !== map || placed.width !== width)
    placed = { map, width, fine, names: names(fine, fineX, fineY, here ? [ownX, ownY] : undefined) };
  const { pointed } = context;
  const { place } = pointed;
  const at = place && place.column < columns && place.row < rows ? place : undefined;
  const move = (column: number, row: number) => {
    const limit = (value: number, most: number) => Math.min(most - 1, Math.max(0, value));
    pointed.place = { column: limit(column, columns), row: limit(row, rows) };
    context.redraw();
  };
  return html`<figure class="map ${narrow ? "" : "wide"}"><div>
    <svg class="chart" viewBox="0 0 ${width} ${height + BOTTOM}" role="img" tabindex="0" aria-label=${description(map, x, y)}
      @pointermove=${(event: PointerEvent) => {
        const box = (event.currentTarget as SVGElement).getBoundingClientRect();
        const px = ((event.clientX - box.left) / box.width) * width;
        const py = ((event.clientY - box.top) / box.height) * (height + BOTTOM);
        const column = xs.findIndex((_, index) => px < (xs[index + 1] ?? Number.POSITIVE_INFINITY));
        const row = ys.findIndex((_, index) => py > (ys[index + 1] ?? Number.NEGATIVE_INFINITY));
        if (column !== pointed.place?.column || row !== pointed.place?.row) move(column, row);
      }}
      @keydown=${(event: KeyboardEvent) => {
        const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
        if (!step) return;
        event.preventDefault();
        const size = event.shiftKey ? 8 : 1;
        const start = pointed.place ?? nearest(map);
        move(start.column + step[0]! * size, start.row + step[1]! * size);
      }}>
      <g aria-hidden="true">
        <defs>${stripes}</defs>
        ${regions}
        <path class="border" d=${lines}></path>
        ${ticks(map.x, across, narrow ? 4 : 7).map(
          (tick) =>
            svg`<line class="base" x1=${across(tick)} x2=${across(tick)} y1=${height} y2=${height + 5}></line>
              <text class="axis" x=${across(tick)} y=${height + 19} text-anchor="middle">${onAxis(tick, x)}</text>`,
        )}
        ${ticks(map.y!, up, 6).map(
          (tick) =>
            svg`<line class="base" x1=${LEFT - 5} x2=${LEFT} y1=${up(tick)} y2=${up(tick)}></line>
              <text class="axis" x=${LEFT - 9} y=${up(tick) + 4} text-anchor="end">${onAxis(tick, y)}</text>`,
        )}
        <text class="axis" x=${(LEFT + width) / 2} y=${height + 38} text-anchor="middle">${x.label.toLowerCase()}</text>
        <text class="axis" transform="translate(14 ${height / 2}) rotate(-90)" text-anchor="middle">${y.label.toLowerCase()}</text>
        ${placed.names.map(
          ({ winner, words, x, y }) =>
            svg`<text class="end halo" data-variant=${winner} x=${x} y=${y + 4} text-anchor="middle">${words}</text>`,
        )}
        ${here ? svg`<circle class="you" cx=${ownX} cy=${ownY} r="8"></circle><circle class="you-dot" cx=${ownX} cy=${ownY} r="2.2"></circle>` : nothing}
        ${at ? svg`<rect class="looked" x=${xs[at.column]} width=${xs[at.column + 1]! - xs[at.column]!} y=${ys[at.row + 1]} height=${ys[at.row]! - ys[at.row + 1]!}></rect>` : nothing}
      </g></svg>
    <div class="readout">${at ? readout(map, x, y, at) : html`<span class="note">Point at a place, or focus the map and use the arrow keys; T shows the table.</span>`}</div>
    </div>
    <div class="borders"><h3>Borders around you</h3>${borderList(around(context, map, x, y), context)}
      <p class="note">${basis(context, map, x, y)}</p>
      ${here ? nothing : html`<p class="note">You are off this map: ${off.map(({ axis, field }) => `${field.label.toLowerCase()} ${said(axis.now, field)}`).join(", ")}.</p>`}
    </div></figure>`;
}

/** Of how many draws the borders are. */
function basis(context: Context, map: Sweep, x: Field, y: Field): string {
  const few = `${exact(map.draws)} draws at each place`;
  return [x, y].some(({ path }) => confirmedOn(context, path)?.named.length)
    ? `As ${few} have them; that of the heading as ${exact(context.answers.now.said.draws)} have it.`
    : `As ${few} have them.`;
}

function borderList(around: Border[], context: Context): TemplateResult {
  if (around.length === 0) {
    if (context.comparison.best !== null) return html`<p class="note">None: the answer holds along all sliders.</p>`;
    const none = "None: none of the sliders looked at makes anything fit by itself.";
    return html`<p class="note">${none} ${cheapestWay(context)}</p>`;
  }
  return html`<ul>${around.map(
    ({ field, at, factor, winner }) => html`<li>
      <b>${times(factor)}</b>
      <span>${field.label} ${said(at, field)}<br>${
        winner
          ? html`<span class="variant" data-variant=${winner}>${variantLabel(winner)}</span>`
          : html`<span class="note">nothing fits</span>`
      }</span></li>`,
  )}</ul>`;
}

/** How far a border is from the value of now. */
function times(factor: number): string {
  const far = short(Math.max(factor, 1 / factor));
  return far === "1" ? "here" : `${factor >= 1 ? "×" : "÷"} ${far}`;
}

/** A round value on an axis, of a share with all its nines. */
function onAxis(value: number, field: Field): string {
  return inPercent(field) ? `${shown(rounded(value, field, 3), field)}\u00a0%` : short(value);
}

/** Round values on an axis: 1, 3 and 10 where it is logarithmic. */
function ticks(axis: SweptAxis, place: ReturnType<typeof scale>, count: number): number[] {
  if (!axis.log) return place.ticks(count);
  const [low, high] = [axis.values[0]!, axis.values[axis.values.length - 1]!];
  const powers = Array.from({ length: 40 }, (_, index) => 10 ** (index - 15));
  const fine = powers.flatMap((power) => [power, 3 * power]).filter((tick) => tick >= low && tick <= high);
  return fine.length <= count + 3 ? fine : powers.filter((tick) => tick >= low && tick <= high);
}

/** The place nearest to the reader's point. */
function nearest(map: Sweep): { column: number; row: number } {
  const place = ({ values, now }: SweptAxis) =>
    Math.max(
      0,
      values.findLastIndex((value) => value <= now),
    );
  return { column: place(map.x), row: place(map.y!) };
}

interface Label {
  winner: VariantId;
  words: string;
  x: number;
  y: number;
}

/**
 * For each variant the place where its name has the most room inside its regions, clear of the reader's point; its short
 * name where the long one has none, and nothing where neither has.
 */
function names(
  { columns, rows, winners }: Fine,
  xs: number[],
  ys: number[],
  you: [number, number] | undefined,
): Label[] {
  const middles = (edges: number[]) => edges.slice(1).map((edge, at) => (edge + edges[at]!) / 2);
  const [across, up] = [middles(xs), middles(ys)];
  const at = (column: number, row: number) => winners[row * columns + column];
  // How far each place is from the end of its region, each way.
  const reach = (along: number, over: number, edges: number[], same: (i: number, j: number, k: number) => boolean) => {
    const ends = Array.from({ length: over }, () => [] as [number, number][]);
    for (let j = 0; j < over; j++) {
      for (let i = 0, from = 0; i < along; i++) {
        if (i < along - 1 && same(i, i + 1, j)) continue;
        for (let k = from; k <= i; k++) ends[j]![k] = [edges[from]!, edges[i + 1]!];
        from = i + 1;
      }
    }
    return ends;
  };
  const sides = reach(columns, rows, xs, (i, next, row) => at(i, row) === at(next, row));
  const heights = reach(rows, columns, ys, (i, next, column) => at(column, i) === at(column, next));
  const inside = (half: number, column: number, row: number) => {
    const [x, y] = [across[column]!, up[row]!];
    if (you && Math.abs(you[0] - x) < half + 12 && Math.abs(you[1] - y) < NAME + 10) return false;
    for (let r = 0; r < rows; r++) {
      if (Math.abs(up[r]! - y) > NAME) continue;
      for (let c = 0; c < columns; c++)
        if (Math.abs(across[c]! - x) < half && at(c, r) !== at(column, row)) return false;
    }
    return true;
  };
  const best = (winner: VariantId, words: string): Label | undefined => {
    const half = words.length * 4.2 + 3;
    const places: { column: number; row: number; room: number }[] = [];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        if (at(column, row) !== winner) continue;
        const [x, y] = [across[column]!, up[row]!];
        const side = Math.min(...sides[row]![column]!.map((end) => Math.abs(end - x))) / half;
        const height = Math.min(...heights[column]![row]!.map((end) => Math.abs(end - y))) / NAME;
        const room = Math.min(side, height);
        if (room >= 1) places.push({ column, row, room });
      }
    }
    const place = places.sort((a, b) => b.room - a.room).find(({ column, row }) => inside(half, column, row));
    return place && { winner, words, x: across[place.column]!, y: up[place.row]! };
  };
  const shown = [...new Set(winners)].filter((winner) => winner !== null);
  return shown.flatMap((winner) => best(winner, variantLabel(winner)) ?? best(winner, shortName(winner)) ?? []);
}

function readout(map: Sweep, x: Field, y: Field, { column, row }: { column: number; row: number }): TemplateResult {
  const cell = row * map.x.values.length + column;
  const fitting = map.variants
    .filter(({ feasible }) => feasible[cell])
    .map(({ variant, values }) => ({ variant, value: values[cell]! }))
    .sort((a, b) => a.value - b.value)
    .slice(0, 3);
  return html`<span>${said(map.x.values[column]!, x)}, ${y.label.toLowerCase()} ${said(map.y!.values[row]!, y)}</span>
    ${
      fitting.length === 0
        ? html`<span>nothing fits</span>`
        : fitting.map(
            ({ variant, value }) =>
              html`<span data-variant=${variant}><b>${variantLabel(variant)}</b> ${usd(value, 3)}</span>`,
          )
    }`;
}

function description(map: Sweep, x: Field, y: Field): string {
  const cells = new Map<string, number>();
  for (const winner of map.winners) {
    const name = winner ? variantLabel(winner) : "nothing fits";
    cells.set(name, (cells.get(name) ?? 0) + 1);
  }
  const shares = [...cells].sort((a, b) => b[1] - a[1]);
  const words = shares.map(
    ([name, count]) => `${name} on ${exact(Math.round((100 * count) / map.winners.length))} % of it`,
  );
  return `Map of the cheapest variant over ${x.label.toLowerCase()} and ${y.label.toLowerCase()}. ${capital(words.join(", "))}. Table shows the same.`;
}
