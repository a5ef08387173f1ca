import type { DashboardSettings } from "./dashboard/dashboard.ts";
import type { EndpointSettings } from "./endpoint.ts";

/** How an endpoint is watched. */
export interface ObservabilitySettings {
    /** A CloudWatch dashboard made for what the endpoint hosts. @default false */
    readonly dashboard?: boolean | DashboardSettings;
}

/** The settings of a part that is switched on, `{}` for those by default; undefined where it is off. */
export const whereOn = <Settings extends object>(
    part: boolean | Settings | undefined,
): Settings | Record<string, never> | undefined => (part === true ? {} : part === false ? undefined : part);

/** Those of a stack's settings that say how its endpoint is watched. */
export const observabilityOf = ({ dashboard }: ObservabilitySettings): ObservabilitySettings => ({
    ...(dashboard !== undefined && { dashboard }),
});

/** Every rule that the settings break, for a stack with this endpoint. */
export function observabilityProblems(
    settings: ObservabilitySettings,
    endpoint: EndpointSettings | undefined,
): string[] {
    if (endpoint !== undefined) return [];
    return Object.entries({ dashboard: whereOn(settings.dashboard) })
        .filter(([, part]) => part !== undefined)
        .map(([key]) => `${key}: the stack has no endpoint to watch; leave it out`);
}
