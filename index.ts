import { readSettings } from "./config/settings.ts";
import { deployPattern } from "./patterns/index.ts";

export const { endpointName, endpointConfigName, callerPolicies, transform } = await deployPattern(readSettings());
