import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../policy/framework/catalogue.ts";
import { rules } from "../policy/rules/index.ts";

// writes the page of the policy pack's rules; a test refuses one that is out of date
const file = join(import.meta.dirname, "..", "docs", "policy-catalogue.md");
writeFileSync(file, catalogue(rules));
console.log(`wrote ${file}`);
