import tseslint from "typescript-eslint";

export default tseslint.config(
    { ignores: ["node_modules", "dist", ".cache", "bench/results"] },
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
        languageOptions: { parserOptions: { projectService: true } },
        rules: {
            // A Pulumi Output in a template prints "Calling [toString] on an [Output<T>] is not supported": only plain values may stand there.
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "@typescript-eslint/no-base-to-string": "error",
            // noPropertyAccessFromIndexSignature asks for the brackets that this rule would take away.
            "@typescript-eslint/dot-notation": "off",
            "@typescript-eslint/consistent-type-imports": "error",
            "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
            eqeqeq: "error",
        },
    },
    {
        files: ["tests/**/*.ts"],
        rules: {
            // chai's assertions are expressions.
            "@typescript-eslint/no-unused-expressions": "off",
        },
    },
);
