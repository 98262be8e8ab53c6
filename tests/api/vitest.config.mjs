// Behaviour tests against the real program. Run from the repository's root:
//   MANDATE_BIN=build/release/mandate MANDATE_BACKEND=sqlite web/node_modules/.bin/vitest run --root tests/api
// Nothing is imported from "vitest": it is installed below web/, which Node does not search from here.
export default {
  cacheDir: "../../build/vitest-api",
  test: {
    include: ["**/*.test.mjs"],
    globals: true,
    pool: "forks",
    poolOptions: { forks: { maxForks: 2, minForks: 1 } },
    fileParallelism: true,
    globalSetup: ["./sample_city.mjs"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
  },
};
