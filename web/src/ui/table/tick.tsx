import { Checkbox } from "react-aria-components/Checkbox";

/** The table says what it chooses: a row, or all of the page. */
export default function Tick() {
  return <Checkbox slot="selection" className="tick"><span className="tick__box" aria-hidden="true" /></Checkbox>;
}
