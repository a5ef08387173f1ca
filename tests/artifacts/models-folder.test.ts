import { symlinkSync } from "node:fs";
import { expect } from "chai";
import { findModel, scanModels } from "../../artifacts/models-folder.ts";
import { useFolder, writeFiles } from "./use-folder.ts";

describe("scanModels", () => {
    const at = useFolder();
    const keys = () => scanModels(at()).models.map(({ key }) => key);

    it("lists archives and directories with files, and takes other directories for a part of the key", () => {
        writeFiles(at(), {
            "porto.tar.gz": "",
            "europe/lisbon.tar.gz": "",
            "europe/paris/model.joblib": "",
            "europe/paris/code/inference.py": "",
            "asia/south/delhi/model.joblib": "",
        });
        expect(scanModels(at()).problems).to.deep.equal([]);
        expect(scanModels(at()).models).to.deep.equal([
            { key: "asia/south/delhi.tar.gz", path: at("asia/south/delhi") },
            { key: "europe/lisbon.tar.gz", path: at("europe/lisbon.tar.gz") },
            { key: "europe/paris.tar.gz", path: at("europe/paris") },
            { key: "porto.tar.gz", path: at("porto.tar.gz") },
        ]);
    });

    it("takes a repository of Triton's for one model", () => {
        writeFiles(at(), { "europe/lisbon/line/config.pbtxt": "", "europe/lisbon/trees/1/model.py": "" });
        expect(scanModels(at()).models).to.deep.equal([{ key: "europe/lisbon.tar.gz", path: at("europe/lisbon") }]);
        expect(findModel(at(), "europe/lisbon.tar.gz")?.path).to.equal(at("europe/lisbon"));
        expect(findModel(at(), "europe/lisbon/line.tar.gz")).to.equal(undefined);
    });

    it("names every problem at once", () => {
        writeFiles(at(), {
            "README.md": "",
            "europe/lisbon.tar.gz": "",
            "europe/notes.txt": "",
            "twice.tar.gz": "",
            "twice/model": "",
            "ünlü/model": "",
            [`${"d".repeat(200)}/${"e".repeat(200)}/${"f".repeat(200)}/${"g".repeat(200)}/${"h".repeat(220)}/model`]:
                "",
        });
        symlinkSync(at("europe"), at("link"));
        const { problems } = scanModels(at());
        expect(problems.slice(0, 3)).to.have.members([
            '"README.md" is no model: a folder of models holds .tar.gz files and directories only',
            '"link" is no model: a folder of models holds .tar.gz files and directories only',
            '"europe/notes.txt" is no model: beside "lisbon.tar.gz" there may be .tar.gz files and directories only',
        ]);
        expect(problems.slice(3).join("\n")).to.match(/model "d+.*it has 1031 characters; at most 1024/);
        expect(problems.slice(3).join("\n")).to.match(/model "ünlü.tar.gz".*not printable ASCII/);
        expect(problems).to.include('model "twice.tar.gz" is there twice, as a .tar.gz and as a directory');
        expect(problems).to.have.length(6);
    });

    it("says so where there is no folder, or nothing in it", () => {
        expect(scanModels(at()).problems).to.deep.equal(["the folder holds no models"]);
        expect(scanModels(at("missing")).problems).to.deep.equal([
            "the folder cannot be read: no such file or directory",
        ]);
        writeFiles(at(), { "europe/lisbon.tar.gz": "" });
        expect(keys()).to.deep.equal(["europe/lisbon.tar.gz"]);
    });

    it("finds by its key what it lists, and nothing else", () => {
        writeFiles(at(), {
            "porto.tar.gz": "",
            "europe/paris/model.joblib": "",
            "europe/paris/inner/file": "",
        });
        writeFiles(at(), { "asia/delhi/model": "" });
        for (const model of scanModels(at()).models) expect(findModel(at(), model.key)).to.deep.equal(model);
        for (const key of [
            "europe/paris",
            "europe/paris/inner.tar.gz",
            "europe.tar.gz",
            "asia.tar.gz",
            "asia//delhi.tar.gz",
            "./porto.tar.gz",
            "asia/../porto.tar.gz",
            "../porto.tar.gz",
            ".tar.gz",
            "unknown.tar.gz",
            "asia/delhi/model",
        ])
            expect(findModel(at(), key), key).to.equal(undefined);
    });
});
