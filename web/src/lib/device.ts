/** The browser and the system that a User-Agent names, as people call them; null when it names none we know. */
export function deviceOf(agent: string): string | null {
  const browsers: [RegExp, string][] = [[/Edg(?:e|A|iOS)?\//, "Edge"], [/OPR\/|Opera/, "Opera"], [/SamsungBrowser\//, "Samsung Internet"], [/Firefox\/|FxiOS\//, "Firefox"], [/Chrome\/|CriOS\/|Chromium\//, "Chrome"], [/Safari\//, "Safari"]];
  const systems: [RegExp, string][] = [[/iPhone|iPod/, "iPhone"], [/iPad/, "iPad"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS X|Macintosh/, "macOS"], [/CrOS/, "ChromeOS"], [/Linux/, "Linux"]];
  const named = (of: [RegExp, string][]) => of.find(([sign]) => sign.test(agent))?.[1];
  const parts = [named(browsers), named(systems)].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : null;
}
