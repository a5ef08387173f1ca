import { gpuVariants, type WatchedEndpoint } from "../watched-endpoint.ts";

/** What to look at, for whoever opens the dashboard because something is wrong. */
export function guide(watched: WatchedEndpoint): string[] {
    const { kind, mode, containers, multiModel } = watched;
    const several = containers.length > 1;
    return [
        "**Errors**: 4xx are requests that a container refused; server errors are the rest, dead and slow containers included. The log at the end says which container.",
        kind === "asynchronous"
            ? "**Queue**: an age that grows while instances are busy asks for more instances; requests that wait without an instance ask for a scaling policy that starts one."
            : "**Latency**: a slow model shows in *model latency*, large payloads and waiting for models in *overhead latency*.",
        ...(several && mode === "serial" && kind === "real-time"
            ? [
                  `**Containers**: a request passes ${containers.map((name) => `\`${name}\``).join(" → ")}; model latency is the sum of theirs, and the widest band is the one to work on.`,
              ]
            : []),
        ...(several && mode === "direct"
            ? [
                  `**Containers**: each request names one of ${containers.map((name) => `\`${name}\``).join(", ")}, so compare them rather than add them up.`,
              ]
            : []),
        ...(multiModel
            ? [
                  "**Many models**: few cache hits and full memory mean that models push each other out: more memory an instance, or fewer models.",
              ]
            : []),
        ...(kind === "serverless"
            ? ["**Memory**: near 100 %, a larger memory size is due; cold starts come after a while without requests."]
            : [
                  `**Instances**: CPU${gpuVariants(watched).length > 0 ? " and GPU" : ""} at the limit with growing latency asks for more instances; memory and disk at the limit for larger ones.`,
              ]),
    ];
}
