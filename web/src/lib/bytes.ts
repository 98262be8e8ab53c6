const units = ["B", "kB", "MB", "GB", "TB"];

/** 1,234,567 as "1.2 MB": powers of a thousand, as disks are sold. */
export function bytesText(bytes: number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    ++unit;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
