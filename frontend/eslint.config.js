import js from "@eslint/js";
import { configs as lit } from "eslint-plugin-lit";
import { configs as wc } from "eslint-plugin-wc";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules", "src/api/schema.ts", "src/api/forms.ts", "src/player/shapes.ts"] },
  js.configs.recommended,
  {
    files: ["src/**/*.ts", "tests/**/*.ts", "*.config.ts"],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
      lit["flat/recommended"],
      wc["flat/recommended"],
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: false }],
      // Numbers in a template are what they look like.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Lit's decorators initialise what the constructor does not.
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-console": "error",
    },
  },
  // What a page's author did wrong is said where authors look.
  { files: ["src/element/**/*.ts"], rules: { "no-console": ["error", { allow: ["warn"] }] } },
  { files: ["scripts/*.js", "*.config.js"], languageOptions: { globals: globals.node } },
  { files: ["public/**/*.js"], languageOptions: { globals: { ...globals.browser, SwaggerUIBundle: "readonly" } } },
);
