import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { expect } from "chai";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { useFolder, writeFiles } from "./use-folder.ts";

const NOBODY = 65534;

/** What a process without privileges finds: root reads everything. */
function problemsForNobody(path: string): unknown {
    const module = new URL("../../artifacts/scan-tree.ts", import.meta.url).href;
    const script = `
        import { scanTree } from ${JSON.stringify(module)};
        if (process.getuid() === 0) process.setuid(${NOBODY});
        console.log(JSON.stringify(scanTree(process.argv[1]).problems));
    `;
    const args = ["--input-type=module", "--eval", script, path];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

describe("scanTree", () => {
    const at = useFolder();

    it("lists files and directories bytewise by path", () => {
        writeFiles(at(), {
            "b/z": "",
            "a real \uFFFD": "",
            "b-c": "12",
            é: "",
            "b/a": "",
            Z: "",
            "\u{1F600}": "",
            "\uFF5E": "",
        });
        mkdirSync(at("empty"));
        const tree = scanTree(at());
        expect(tree.problems).to.deep.equal([]);
        expect(tree.form).to.equal("directory");
        expect(tree.entries.map(({ path, kind, size }) => `${kind} ${path} ${size}`)).to.deep.equal([
            "file Z 0",
            "file a real \uFFFD 0",
            "directory b 0",
            "file b-c 2",
            "file b/a 0",
            "file b/z 0",
            "directory empty 0",
            "file é 0",
            "file \uFF5E 0",
            "file \u{1F600} 0",
        ]);
    });

    it("takes a single file under its own name, and a .tar.gz as an archive", () => {
        writeFiles(at(), { "model.onnx": "12345" });
        execFileSync("tar", ["-czf", at("model.tar.gz"), "-C", at(), "model.onnx"]);
        const file = scanTree(at("model.onnx"));
        expect([file.form, file.problems, file.entries.map(({ path }) => path)]).to.deep.equal([
            "file",
            [],
            ["model.onnx"],
        ]);
        const archive = scanTree(at("model.tar.gz"));
        expect([archive.form, archive.problems]).to.deep.equal(["archive", []]);
    });

    it("follows links inside the tree, and a link to the tree itself", () => {
        writeFiles(at("tree"), { "v1/weights": "abc" });
        symlinkSync("v1", at("tree/current"));
        symlinkSync("v1/weights", at("tree/weights"));
        symlinkSync("tree", at("link"));
        const tree = scanTree(at("link"));
        expect(tree.problems).to.deep.equal([]);
        expect(tree.entries.map(({ path, kind, size }) => `${kind} ${path} ${size}`)).to.deep.equal([
            "directory current 0",
            "file current/weights 3",
            "directory v1 0",
            "file v1/weights 3",
            "file weights 3",
        ]);
    });

    it("names every problem at once", async () => {
        writeFiles(at(), { outside: "", "tree/ok": "", "tree/sub/deep/ok": "" });
        symlinkSync("../outside", at("tree/escape"));
        symlinkSync("missing", at("tree/dangling"));
        symlinkSync("loop", at("tree/loop"));
        symlinkSync("../..", at("tree/sub/deep/up"));
        execFileSync("mkfifo", [at("tree/pipe")]);
        writeFileSync(Buffer.concat([Buffer.from(at("tree/bad-")), Buffer.from([0xff])]), "");
        const server = createServer().listen(at("tree/socket"));
        await once(server, "listening");
        const { problems } = scanTree(at("tree"));
        server.close();
        await once(server, "close");
        expect(problems).to.have.members([
            `link "escape" leads out of the tree, to "${at("outside")}"; links may lead to what is in the tree`,
            `"dangling" cannot be read: no such file or directory`,
            `"loop" cannot be read: too many symbolic links encountered`,
            `link "sub/deep/up" leads to a directory that holds it`,
            `"pipe" is a socket, pipe or device; files, directories and links are accepted`,
            `the name of "bad-\uFFFD" is not valid UTF-8`,
            `"socket" is a socket, pipe or device; files, directories and links are accepted`,
        ]);
    });

    it("refuses a file and a directory that cannot be read", () => {
        chmodSync(at(), 0o755);
        writeFiles(at("tree"), { fine: "", "closed/file": "", secret: "" });
        chmodSync(at("tree/closed"), 0);
        chmodSync(at("tree/secret"), 0);
        expect(problemsForNobody(at("tree"))).to.have.members([
            `"closed" cannot be read: permission denied`,
            `"secret" cannot be read: permission denied`,
        ]);
        chmodSync(at("tree/closed"), 0o755);
    });

    it("refuses what is missing, empty, a device, or named .tar.gz without being one", () => {
        mkdirSync(at("empty/inner"), { recursive: true });
        writeFiles(at(), { "text.tar.gz": "no gzip" });
        expect(scanTree(at("nothing")).problems).to.deep.equal([
            `"${at("nothing")}" cannot be read: no such file or directory`,
        ]);
        expect(scanTree(at("empty")).problems).to.deep.equal(["the directory holds no files"]);
        expect(scanTree("/dev/null").problems).to.deep.equal([
            `"/dev/null" is a socket, pipe or device; a directory, a file or a .tar.gz is accepted`,
        ]);
        expect(scanTree(at("text.tar.gz")).problems).to.deep.equal([
            "the name ends in .tar.gz, but the content is not gzip",
        ]);
    });
});
