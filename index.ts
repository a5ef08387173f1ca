import { readSettings } from "./config/settings.ts";
import { deployPattern } from "./patterns/index.ts";

export default await deployPattern(readSettings());
