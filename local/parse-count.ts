import { InvalidArgumentError } from "commander";

/** Reads an option's value that is a whole number from 1 on. */
export const parseCount =
    (most = Infinity) =>
    (text: string): number => {
        const count = Number(text);
        if (Number.isInteger(count) && count >= 1 && count <= most) return count;
        throw new InvalidArgumentError(`accepted: a whole number from 1 ${most === Infinity ? "on" : `to ${most}`}`);
    };
