import { chmodSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { findPython } from "../../local/launcher/python.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";

describe("findPython", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({});
    });
    afterEach(() => {
        folder.remove();
    });

    /** An interpreter that says it is of this version of Python 3. */
    function interpreter(minor: number): string {
        const file = join(folder.path, `python 3.${minor}`); // a path may hold spaces
        folder.write(`python 3.${minor}`, `#!/bin/sh\necho "3 ${minor} ${file}"\n`);
        chmodSync(file, 0o755);
        return file;
    }

    it("finds the machine's own", () => {
        expect(findPython({}).version).to.match(/^3\.1[0-4]$/);
    });

    for (const minor of [10, 14]) {
        it(`takes Python 3.${minor}, where $PYTHON names it`, () => {
            const executable = interpreter(minor);
            expect(findPython({ PYTHON: executable })).to.deep.equal({ version: `3.${minor}`, executable });
        });
    }

    for (const minor of [9, 15]) {
        it(`refuses Python 3.${minor}, for which the pinned packages have no wheels`, () => {
            const executable = interpreter(minor);
            expect(() => findPython({ PYTHON: executable })).to.throw(
                `${executable} is 3.${minor}; accepted: Python 3.10 to 3.14 on PATH, or named by $PYTHON`,
            );
        });
    }

    it("refuses what lies outside a narrower range", () => {
        const executable = interpreter(13);
        expect(() => findPython({ PYTHON: executable }, { min: 10, max: 12 })).to.throw(
            `${executable} is 3.13; accepted: Python 3.10 to 3.12 on PATH, or named by $PYTHON`,
        );
    });
});
