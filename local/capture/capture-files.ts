import { randomUUID } from "node:crypto";
import { appendFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Exchange } from "../gateway/served-endpoint.ts";
import { captureLine, type CaptureOptions } from "./capture-line.ts";

/** Records a share of an endpoint's requests and answers in files as SageMaker would lay them out. */
export class CaptureFiles {
    private readonly folder: string;
    private readonly options: CaptureOptions;
    private readonly warn: (what: string) => void;
    private readonly run = randomUUID();
    private written: Promise<void> = Promise.resolve();

    /** @param folder files are `folder/VARIANT/yyyy/mm/dd/hh/….jsonl`, one a run and hour */
    constructor(folder: string, options: CaptureOptions, warn: (what: string) => void) {
        this.folder = folder;
        this.options = options;
        this.warn = warn;
    }

    /** Records a request, or leaves it out, as the sampling has it. Nobody waits for the file. */
    readonly record = (exchange: Exchange): void => {
        if (Math.random() * 100 >= this.options.samplingPercent) return;
        const time = new Date();
        const line = captureLine(exchange, this.options, randomUUID(), time);
        const hour = time.toISOString().slice(0, 13).split(/[-T]/);
        const file = join(this.folder, exchange.variant, ...hour, `${this.run}.jsonl`);
        this.written = this.written.then(() => this.append(file, line));
    };

    /** Resolves once all that was recorded is on disk. */
    async close(): Promise<void> {
        await this.written;
    }

    private async append(file: string, line: string): Promise<void> {
        try {
            await mkdir(dirname(file), { recursive: true });
            await appendFile(file, `${line}\n`);
        } catch (error) {
            this.warn(`a request was not recorded in ${file}: ${(error as Error).message}`);
        }
    }
}
