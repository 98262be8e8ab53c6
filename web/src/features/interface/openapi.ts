/** What the page shows of an OpenAPI 3.1 document. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: string[];
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}
export interface Operation {
  summary: string;
  tags: string[];
  "x-permission": string;
  parameters?: ({ name: string; in: string; required?: boolean; schema: Schema } | { $ref: string })[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> } | { $ref: string }>;
}
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
export interface Route {
  method: string;
  path: string;
  operation: Operation;
}

export function routesOf(document: Document): Route[] {
  return Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, operation })));
}

/** Every word somewhere in the path, the summary, the tag, the method or the permission. */
export function matching(routes: Route[], words: string): Route[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return routes.filter(({ method, path, operation }) => {
    const text = `${method} ${path} ${operation.summary} ${operation.tags.join(" ")} ${operation["x-permission"]}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

export const nameOfRef = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);

/** A type in a few signs: "string", "date?", "DutyRow[]". */
export function typeText(schema: Schema): string {
  if (schema.$ref) return nameOfRef(schema.$ref);
  if (schema.anyOf) {
    const others = schema.anyOf.filter((one) => one.type !== "null");
    return `${others.map(typeText).join(" | ")}${others.length < schema.anyOf.length ? "?" : ""}`;
  }
  if (schema.type === "array") return `${schema.items ? typeText(schema.items) : ""}[]`;
  if (schema.enum) return schema.enum.join(" | ");
  return schema.format ?? (Array.isArray(schema.type) ? schema.type.join(" | ") : schema.type ?? "object");
}

/** The members of a schema by name, for a reference or a schema in place. */
export function membersOf(schema: Schema, document: Document): { name: string; type: string; required: boolean }[] {
  const whole = schema.$ref ? document.components.schemas[nameOfRef(schema.$ref)] ?? {} : schema;
  return Object.entries(whole.properties ?? {}).map(([name, member]) => ({ name, type: typeText(member), required: whole.required?.includes(name) ?? false }));
}
