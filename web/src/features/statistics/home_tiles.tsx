import { useRead } from "../../api/hooks";
import type { Dashboard } from "../../api/types";
import { Tiles } from "./tiles";
import { useStatisticsText } from "./words";

/** What somebody put on the own home page. Nothing there, nothing shown. */
export default function HomeTiles() {
  const { b } = useStatisticsText();
  const home = useRead<{ dashboard: Dashboard | null }>("/home-dashboard");
  const tiles = home.data?.dashboard?.tiles ?? [];
  if (tiles.length === 0) return null;
  return (
    <section className="home-tiles" aria-label={b.on_home}>
      <Tiles tiles={tiles} />
    </section>
  );
}
