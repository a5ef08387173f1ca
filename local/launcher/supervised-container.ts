import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type { ServedContainer } from "../gateway/served-endpoint.ts";
import type { ServedModels } from "../gateway/served-models.ts";
import type { Progress } from "../progress.ts";
import { heldBytes } from "./held-bytes.ts";
import type { Launch, Launcher } from "./launch.ts";
import { isTable, readableLog } from "./readable-log.ts";
import { type Guarded, spawnGuarded } from "./spawn-guarded.ts";
import { waitForHealth } from "./wait-for-health.ts";

export interface SupervisedContainerOptions {
    readonly hostname: string;
    readonly launcher: Launcher;
    /** Interpreter for the guard that ends the container's processes with this one. */
    readonly python: string;
    /** Seconds until /ping must answer 200. */
    readonly startupTimeoutSeconds: number;
    readonly progress: Progress;
}

/** Between SIGTERM and SIGKILL, as SageMaker waits [D]. */
const GRACE_SECONDS = 30;
const KEPT_LINES = 20;
const RESTART_DELAYS_MS = [200, 500, 1000, 2000, 5000, 10_000];

/** One run of the container's processes. */
interface Run {
    readonly guard: Guarded;
    readonly ended: Promise<string>;
    readonly memoryPercent: Launch["memoryPercent"];
}

/** A container that is kept running: started, checked for health, restarted when it dies, stopped with all its processes. */
export class SupervisedContainer implements ServedContainer {
    readonly hostname: string;
    models: ServedModels | undefined;
    origin = "";
    unavailable: string | undefined = "has not started";
    /** How often it was started again after it died. */
    restarts = 0;

    private readonly options: SupervisedContainerOptions;
    private readonly lastLines: string[] = [];
    private run: Run | undefined;
    private readonly stopping = new AbortController();

    constructor(options: SupervisedContainerOptions) {
        this.options = options;
        this.hostname = options.hostname;
    }

    /** Resolves once /ping answers 200. @throws with the last lines of its log where it ends or stays silent before */
    async start(): Promise<void> {
        try {
            const run = await this.launch();
            void this.restartWhenEnded(run);
        } catch (error) {
            await this.stop();
            throw error;
        }
    }

    /** Percent of its memory, of so many bytes, that it holds; undefined where this machine does not tell. */
    async memoryPercent(bytes: number): Promise<number | undefined> {
        if (this.run === undefined) return undefined;
        const { guard, memoryPercent } = this.run;
        if (memoryPercent !== undefined) return memoryPercent();
        const held = guard.pid === undefined ? undefined : heldBytes(guard.pid);
        return held === undefined ? undefined : (100 * held) / bytes;
    }

    /** Ends all its processes: SIGTERM first, SIGKILL after 30 s. */
    async stop(): Promise<void> {
        this.stopping.abort();
        this.unavailable = "is stopped";
        this.run?.guard.stdin.end();
        await this.run?.ended;
    }

    /** Ends all its processes at once. */
    kill(): void {
        this.stopping.abort();
        this.run?.guard.kill("SIGUSR1");
    }

    private async launch(): Promise<Run> {
        const launch = await this.options.launcher();
        const guard = spawnGuarded({ ...launch, python: this.options.python, graceSeconds: GRACE_SECONDS });
        const ended = new Promise<string>((resolve) => {
            guard.once("error", (error) => {
                resolve(`could not be started: ${error.message}`);
            });
            guard.once("close", (code) => {
                resolve(exitText(code ?? 0));
            });
        });
        for (const stream of [guard.stdout, guard.stderr]) createInterface({ input: stream }).on("line", this.keepLine);

        const run = { guard, ended, memoryPercent: launch.memoryPercent };
        this.run = run;
        const origin = `http://127.0.0.1:${launch.port}`;
        const failed = ended.then((how) => {
            throw new Error(`container ${this.hostname} ${how} before it answered /ping${this.logTail()}`);
        });
        await Promise.race([failed, this.health(origin)]);
        failed.catch(() => undefined);
        this.origin = origin;
        this.unavailable = undefined;
        return run;
    }

    private async health(origin: string): Promise<void> {
        const { startupTimeoutSeconds } = this.options;
        if (await waitForHealth(origin, startupTimeoutSeconds * 1000, this.stopping.signal)) return;
        throw new Error(
            `container ${this.hostname} did not answer /ping with 200 within ${startupTimeoutSeconds} s${this.logTail()}`,
        );
    }

    private async restartWhenEnded(first: Run): Promise<void> {
        let how = await first.ended;
        for (let attempt = 0; !this.stopping.signal.aborted; attempt++) {
            this.unavailable = `is being restarted, since it ${how}`;
            this.options.progress.warn(`container ${this.hostname} ${how}; restarting it${this.logTail()}`);
            try {
                await setTimeout(RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)], undefined, {
                    signal: this.stopping.signal,
                });
                this.restarts++;
                const run = await this.launch();
                attempt = 0;
                this.options.progress.note(`container ${this.hostname} answers again`);
                how = await run.ended;
            } catch (error) {
                how = await this.afterFailedRestart(error);
            }
        }
    }

    /** Ends what a restart that failed has left, and says how it failed. */
    private async afterFailedRestart(error: unknown): Promise<string> {
        this.run?.guard.stdin.end();
        const how = await this.run?.ended;
        return this.stopping.signal.aborted || !(error instanceof Error) ? "is stopped" : (how ?? error.message);
    }

    private readonly keepLine = (line: string): void => {
        if (isTable(line)) return;
        const [headline, ...details] = readableLog(line);
        this.lastLines.push(headline);
        if (this.lastLines.length > KEPT_LINES) this.lastLines.shift();
        for (const shown of [headline, ...details]) this.options.progress.log(this.hostname, shown);
    };

    private logTail(): string {
        if (this.lastLines.length === 0) return "; it printed nothing";
        return `; its last lines:\n${this.lastLines.map((line) => `    ${line}`).join("\n")}`;
    }
}

/** 128 + N stands for the signal N, as in a shell. */
const exitText = (code: number): string =>
    code > 128 ? `was ended by signal ${code - 128}` : `exited with code ${code}`;
