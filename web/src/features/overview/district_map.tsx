import { useId } from "react";
import shapes from "./districts.json";
import { classesOf } from "./classes";
import { useOverviewText } from "./words";

export interface DistrictFigure {
  code: string;
  /** None: there is no record of the district. */
  late: number | null;
}

/** Districts filled by how many duties are late. The fills differ by their pattern, and the number stands where there is room; the table beside it has all. */
export function DistrictMap({ figures }: { figures: DistrictFigure[] }) {
  const { o, f } = useOverviewText();
  const id = useId();
  const by = new Map(figures.map((one) => [one.code, one.late]));
  const classes = classesOf(figures.flatMap((one) => (one.late ? [one.late] : [])));
  const classOf = (late: number | null | undefined) => (late === null || late === undefined ? "missing" : late === 0 ? "zero" : String(classes.findIndex((one) => late <= one.to)));
  const fills = ["missing", "zero", ...classes.map((_, at) => String(at))];
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
        {shapes.districts.map((district) => (
          <path key={district.code} d={district.path} fill={`url(#${id}-${classOf(by.get(district.code))})`} className="map__shape">
            <title>{`${district.name} ${by.get(district.code) ?? o.legend.missing}`}</title>
          </path>
        ))}
        {shapes.districts.map((district) => {
          const late = by.get(district.code);
          if (!late) return null;
          return <text key={district.code} x={district.x} y={district.y + 3} className="map__number">{f.number(late)}</text>;
        })}
      </svg>
      <ul className="map__legend">
        {fills.map((fill) => (
          <li key={fill}>
            <svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill={`url(#${id}-${fill})`} className="map__shape" /></svg>
            {fill === "missing" || fill === "zero" ? o.legend[fill] : o.legend.few(f.number(classes[Number(fill)]?.from ?? 0), f.number(classes[Number(fill)]?.to ?? 0))}
          </li>
        ))}
      </ul>
    </figure>
  );
}
