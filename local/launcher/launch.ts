/** How a container is started on this machine, as a process or through Docker. */
export interface Launch {
    readonly command: readonly [string, ...string[]];
    readonly environment: NodeJS.ProcessEnv;
    /** Where it will listen on 127.0.0.1. */
    readonly port: number;
    /** Run after the command has ended, however it ended. */
    readonly afterwards?: readonly [string, ...string[]];
    /** Reads what percent of its memory it holds; undefined where that cannot be read. @default - what its processes hold */
    readonly memoryPercent?: () => Promise<number | undefined>;
}

/** Prepares a launch; called again for each restart, since a port may be taken meanwhile. */
export type Launcher = () => Promise<Launch>;
