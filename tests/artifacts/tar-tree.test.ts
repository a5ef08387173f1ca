import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { tarTree } from "../../artifacts/tar-tree.ts";

const FIRST_ENTRY = `
import io, json, sys, tarfile
entry = tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read())).next()
print(json.dumps([entry.name, entry.size]))
`;

describe("tarTree", () => {
    it("has room for a file of more than 8 GiB", () => {
        const entry = { path: "weights", kind: "file", file: "/dev/null", executable: false } as const;
        const size = 20 * 1024 ** 3;
        const header: unknown = tarTree([{ ...entry, size, identity: "", changedMs: 0 }]).next().value;
        if (!(header instanceof Buffer)) throw new Error("no header");
        const read = execFileSync("python3", ["-c", FIRST_ENTRY], { input: header, encoding: "utf8" });
        expect(JSON.parse(read)).to.deep.equal(["weights", size]);
    });
});
