import js from "@eslint/js";
import globals from "globals";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["dist", "node_modules", "src/api/schema.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  {
    files: ["src/**/*.{ts,tsx}"],
    languageOptions: { globals: globals.browser },
    plugins: { "react-hooks": hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      "react-hooks/exhaustive-deps": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text is never put in as markup." },
        { selector: "JSXAttribute[name.name='style']", message: "Use a class; set changing values with useCssVariables." },
        { selector: "AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]", message: "Text is never put in as markup." },
      ],
      "no-restricted-imports": ["error", { paths: [{ name: "react-aria-components", message: "Import react-aria-components/<Part>." }] }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-invalid-void-type": "off",
    },
  },
  {
    files: ["**/*.mjs", "mock/**/*.ts", "vite.config.ts"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  { files: ["public/**/*.js"], languageOptions: { globals: globals.browser, sourceType: "script" } },
);
