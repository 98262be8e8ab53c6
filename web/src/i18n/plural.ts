/** The English word for one or for many. */
export const plural = (count: number | string, one: string, many: string) => (String(count) === "1" ? one : many);
