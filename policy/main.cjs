const { enableCompileCache } = require("node:module");
const { join } = require("node:path");

enableCompileCache(join(__dirname, "../.cache/node")); // goes on without where it may not write there

// What Pulumi starts a pack by compiles TypeScript, with its types checked, on every start. Node's own loader strips them.
module.exports = import("./index.ts");
