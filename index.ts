import { readSettings } from "./config/settings.ts";
import { deployPattern } from "./patterns/index.ts";

export const { endpointName, endpointConfigName, transform } = await deployPattern(readSettings());
