import { expect, it } from "vitest";
import { bytesText } from "./bytes";

it("says a size in the unit that reads best", () => {
  expect(bytesText(0)).toBe("0 B");
  expect(bytesText(999)).toBe("999 B");
  expect(bytesText(1000)).toBe("1.0 kB");
  expect(bytesText(999_949)).toBe("999.9 kB");
  expect(bytesText(999_950)).toBe("1.0 MB");
  expect(bytesText(28_000_000_000)).toBe("28.0 GB");
  expect(bytesText(-2_000_000)).toBe("2.0 MB");
});
