// What Pulumi starts a pack by compiles TypeScript, with its types checked, on every start. Node's own loader strips them.
module.exports = import("./index.ts");
