import { describe, expect, it } from "vitest";
import { matching, membersOf, routesOf, typeText, type Document } from "./openapi";

const document: Document = {
  paths: {
    "/api/duties": {
      get: { summary: "A worklist, in pages", tags: ["duties"], "x-permission": "duty.read", responses: {} },
      post: { summary: "Create a duty", tags: ["duties"], "x-permission": "duty.create", responses: {} },
    },
    "/api/agencies": { get: { summary: "All agencies", tags: ["agencies"], "x-permission": "agency.read", responses: {} } },
  },
  components: { schemas: { Row: { type: "object", required: ["id"], properties: { id: { type: "string" }, due_on: { anyOf: [{ type: "string", format: "date" }, { type: "null" }] }, of: { $ref: "#/components/schemas/Row" } } } } },
};

describe("the document of the interface", () => {
  it("is a list of routes that is filtered by words", () => {
    const routes = routesOf(document);
    expect(routes.map((route) => `${route.method} ${route.path}`)).toEqual(["get /api/duties", "post /api/duties", "get /api/agencies"]);
    expect(matching(routes, "POST duty").map((route) => route.operation.summary)).toEqual(["Create a duty"]);
    expect(matching(routes, "agency.read")).toHaveLength(1);
    expect(matching(routes, " ")).toHaveLength(3);
    expect(matching(routes, "nothing")).toEqual([]);
  });

  it("says types in a few signs", () => {
    expect(typeText({ type: "array", items: { $ref: "#/components/schemas/Row" } })).toBe("Row[]");
    expect(typeText({ enum: ["open", "done"], type: "string" })).toBe("open | done");
    expect(membersOf({ $ref: "#/components/schemas/Row" }, document)).toEqual([
      { name: "id", type: "string", required: true },
      { name: "due_on", type: "date?", required: false },
      { name: "of", type: "Row", required: false },
    ]);
    expect(membersOf({ $ref: "#/components/schemas/None" }, document)).toEqual([]);
  });
});
