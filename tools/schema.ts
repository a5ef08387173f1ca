import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackSchema } from "./stack-schema.ts";

// npm run schema: publishes the config's schema for editors; a test refuses a published one that is out of date
const file = join(import.meta.dirname, "..", "schemas", "stack.schema.json");
writeFileSync(file, `${JSON.stringify(stackSchema(), undefined, 2)}\n`);
console.log(`wrote ${file}`);
