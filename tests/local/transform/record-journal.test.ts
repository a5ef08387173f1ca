import { expect } from "chai";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RecordJournal } from "../../../local/transform/record-journal.ts";

const input = { path: "örtliche daten.csv", file: "unread", size: 10, modifiedMs: 1.5 };

describe("RecordJournal", () => {
    let folder: string;
    let stem: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "journal-"));
        stem = join(folder, "file");
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });
    const keep = (journal: RecordJournal, line: number, response = `answer ${line}`) => {
        journal.keep(line, line, Buffer.from(response), true);
    };
    const assembled = async (journal: RecordJournal): Promise<string> => {
        await journal.assemble(join(folder, "result"));
        return readFileSync(join(folder, "result"), "utf8");
    };

    it("puts responses in the order of their lines, however they came, and ends each line once", async () => {
        const journal = new RecordJournal(stem, input);
        keep(journal, 3);
        keep(journal, 1, "answer 1\n");
        journal.keep(4, 5, Buffer.from("answer 4\nanswer 5"), true);
        keep(journal, 2);
        expect(await assembled(journal)).to.equal("answer 1\nanswer 2\nanswer 3\nanswer 4\nanswer 5\n");
        expect(journal.answered).to.equal(5);
        journal.remove();
        expect(readdirSync(folder)).to.deep.equal(["result"]);
    });

    it("leaves responses as they are where they do not end lines", async () => {
        const journal = new RecordJournal(stem, input);
        for (const line of [2, 1]) journal.keep(line, line, Buffer.from([line, 0]), false);
        expect(Buffer.from(await assembled(journal))).to.deep.equal(Buffer.from([1, 0, 2, 0]));
        journal.close();
    });

    it("has everything again when it is opened after a crash", async () => {
        const first = new RecordJournal(stem, input);
        for (const line of [2, 1, 4]) keep(first, line);
        first.close();
        const second = new RecordJournal(stem, input);
        expect([1, 2, 3, 4].map(second.isDone)).to.deep.equal([true, true, false, true]);
        keep(second, 3);
        expect(await assembled(second)).to.equal("answer 1\nanswer 2\nanswer 3\nanswer 4\n");
        second.close();
    });

    /** What a crash may leave, and whether the last response is still whole. */
    const crashes: readonly (readonly [string, boolean, () => void])[] = [
        [
            "a journal cut off in a line",
            false,
            () => {
                truncateSync(`${stem}.journal`, readFileSync(`${stem}.journal`).length - 3);
            },
        ],
        [
            "responses cut off",
            false,
            () => {
                truncateSync(`${stem}.parts`, readFileSync(`${stem}.parts`).length - 1);
            },
        ],
        [
            "a response that is not what was written",
            false,
            () => {
                const parts = readFileSync(`${stem}.parts`);
                parts[parts.length - 2] = 0;
                writeFileSync(`${stem}.parts`, parts);
            },
        ],
        [
            "rubbish at the journal's end",
            true,
            () => {
                appendFileSync(`${stem}.journal`, "\0\0\0\n");
            },
        ],
        [
            "a response that the journal does not know of",
            true,
            () => {
                appendFileSync(`${stem}.parts`, "half an ans");
            },
        ],
    ];
    for (const [what, isWhole, crash] of crashes) {
        it(`drops what is not whole, and nothing else, after ${what}`, async () => {
            const first = new RecordJournal(stem, input);
            for (const line of [1, 2, 3]) keep(first, line);
            first.close();
            crash();
            const second = new RecordJournal(stem, input);
            expect([1, 2, 3].map(second.isDone)).to.deep.equal([true, true, isWhole]);
            if (!isWhole) keep(second, 3);
            expect(await assembled(second)).to.equal("answer 1\nanswer 2\nanswer 3\n");
            second.close();
        });
    }

    it("drops what was kept of a file that has changed since", () => {
        const first = new RecordJournal(stem, input);
        keep(first, 1);
        first.close();
        const second = new RecordJournal(stem, { ...input, modifiedMs: 2 });
        expect(second.answered).to.equal(0);
        second.close();
    });
});
