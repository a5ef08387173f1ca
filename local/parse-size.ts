import { InvalidArgumentError } from "commander";

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** Bytes of a size as Docker takes it: `512M`, `2G`, `1.5GiB`; units are powers of 1,024. */
export function parseSize(text: string): number {
    const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*(?:([KMGT])i?)?B?$/i.exec(text) ?? [];
    const bytes = Math.floor(Number(number) * (UNITS[unit.toUpperCase()] ?? NaN));
    if (bytes >= 1) return bytes;
    throw new InvalidArgumentError("accepted: a number of bytes above 0, or one with K, M, G or T, such as 512M");
}
