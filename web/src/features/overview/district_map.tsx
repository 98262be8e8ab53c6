import { useId } from "react";
import { useNavigate } from "@tanstack/react-router";
import shapes from "./districts.json";
import { classesOf } from "./classes";
import { useOverviewText } from "./words";

type Shape = (typeof shapes.districts)[number];

/** The five small districts of the old city, and where they stand enlarged: on the map itself their numbers would lie on each other. */
const core = { codes: ["66000010", "66000020", "66000030", "66000040", "66000050"], x: 74, y: 117, width: 30, height: 33 };
const inset = { x: 300, y: 102, width: 82, height: 90 };

export interface DistrictFigure {
  code: string;
  name: string;
  /** None: there is no record of the district. */
  late: number | null;
  /** The conditions of the list behind the number. */
  where?: string | null | undefined;
}

/** Districts filled by how many duties are late. The fills differ by their pattern, a district leads to its late duties, and the table below has all. */
export function DistrictMap({ figures }: { figures: DistrictFigure[] }) {
  const { o, f } = useOverviewText();
  const id = useId();
  const navigate = useNavigate();
  const by = new Map(figures.map((one) => [one.code, one]));
  const lateOf = (code: string) => by.get(code)?.late;
  const classes = classesOf(figures.flatMap((one) => (one.late ? [one.late] : [])));
  const classOf = (late: number | null | undefined) => (late === null || late === undefined ? "missing" : late === 0 ? "zero" : String(classes.findIndex((one) => late <= one.to)));
  const fills = ["missing", "zero", ...classes.map((_, at) => String(at))];
  const open = (district: Shape) => {
    const where = lateOf(district.code) ? by.get(district.code)?.where : null;
    return where ? () => void navigate({ to: "/duties", search: { view: "city", state: "all", where } as never }) : undefined;
  };
  // For the mouse alone: outlines are too irregular to be targets of their own, and the table holds the same links.
  const shape = (district: Shape) => (
    <path key={district.code} d={district.path} fill={`url(#${id}-${classOf(lateOf(district.code))})`} className={open(district) ? "map__shape map__shape--opens" : "map__shape"} onClick={open(district)}>
      <title>{o.in_district(by.get(district.code)?.name ?? district.name, lateOf(district.code) ?? null)}</title>
    </path>
  );
  const number = (district: Shape) => {
    const late = lateOf(district.code);
    return late ? <text key={district.code} x={district.x} y={district.y} className="map__number">{f.number(late)}</text> : null;
  };
  return (
    <figure className="map">
      <svg viewBox={`-2 -2 ${shapes.width + 4} ${shapes.height + 4}`} role="img" aria-label={o.map} className="map__svg">
        <defs>
          {fills.map((fill) => (
            <pattern key={fill} id={`${id}-${fill}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="5" height="5" className={`map__ground map__ground--${fill}`} />
              {fill === "missing" ? <circle cx="2.5" cy="2.5" r="0.7" className="map__mark" /> : null}
              {fill === "0" ? <rect width="1" height="5" className="map__mark" /> : null}
              {fill === "1" ? <rect width="2.2" height="5" className="map__mark" /> : null}
              {fill === "2" ? <path d="M0 2.5h5M2.5 0v5" className="map__cross" /> : null}
            </pattern>
          ))}
        </defs>
        {shapes.districts.map(shape)}
        <rect x={core.x} y={core.y} width={core.width} height={core.height} className="map__frame" />
        {shapes.districts.filter((district) => !core.codes.includes(district.code)).map(number)}
        <svg x={inset.x} y={inset.y} width={inset.width} height={inset.height} viewBox={`${core.x} ${core.y} ${core.width} ${core.height}`} className="map__inset">
          <rect x={core.x} y={core.y} width={core.width} height={core.height} className="map__back" />
          {shapes.districts.map(shape)}
          {shapes.districts.filter((district) => core.codes.includes(district.code)).map(number)}
        </svg>
        <rect x={inset.x} y={inset.y} width={inset.width} height={inset.height} className="map__frame" />
        <text x={inset.x - 4} y={inset.y + inset.height - 4} className="map__caption">{o.centre}</text>
      </svg>
      <ul className="map__legend">
        {fills.map((fill) => (
          <li key={fill}>
            <svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill={`url(#${id}-${fill})`} className="map__shape" /></svg>
            {fill === "missing" || fill === "zero" ? o.legend[fill] : o.legend.few(f.number(classes[Number(fill)]?.from ?? 0), f.number(classes[Number(fill)]?.to ?? 0))}
          </li>
        ))}
      </ul>
      {figures.some((one) => one.late) ? <p className="muted small no-print">{o.map_hint}</p> : null}
    </figure>
  );
}
