import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { parseSearch } from "../../app/search";
import type { DashboardTile } from "../../api/types";
import { StatisticView } from "./figures";
import type { Question } from "./question";
import { useStatisticsText } from "./words";

/** The statistics of a dashboard, each with the table behind its chart and a way to the whole. */
export function Tiles({ tiles, tools }: { tiles: DashboardTile[]; tools?: (at: number) => ReactNode }) {
  const { b, f } = useStatisticsText();
  return (
    <div className="board">
      {tiles.map((tile, at) => (
        <section key={`${at}-${tile.title}`} className="panel board__tile" aria-label={tile.title}>
          <div className="row row--between">
            <h2>{tile.title}</h2>
            <span className="row no-print">
              <Link to="/statistics" search={parseSearch(tile.query) as never} className="small" aria-label={f.pair(b.open, tile.title)}>{b.open}</Link>
              {tools?.(at)}
            </span>
          </div>
          <StatisticView question={parseSearch(tile.query) as Question} show={tile.show} plain />
        </section>
      ))}
    </div>
  );
}
