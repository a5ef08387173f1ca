/** An IPv4 range: its first address as a number, and how many leading bits it fixes. */
interface Cidr {
    readonly first: number;
    readonly prefix: number;
}

/** Addresses of each subnet that AWS keeps for itself. @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED = 5;

/**
 * Bits that number the subnets of a VPC: each zone has an eighth of its addresses, however many zones there are. Divided between those that
 * there are, another zone would move all subnets, and AWS takes no new one that overlaps an old one.
 */
const ZONE_BITS = 3;

/** Undefined for text that is no IPv4 range. */
export function parseCidr(text: string): Cidr | undefined {
    const numbers = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)?.slice(1).map(Number) ?? [];
    const prefix = numbers.pop();
    if (prefix === undefined || prefix > 32 || numbers.some((byte) => byte > 255)) return undefined;
    return { first: numbers.reduce((address, byte) => address * 256 + byte, 0), prefix };
}

/** Whether the range begins where its prefix says, as AWS wants it. */
export const isAligned = ({ first, prefix }: Cidr): boolean => first % 2 ** (32 - prefix) === 0;

/** Leading bits that the subnet of a zone fixes, in a VPC that fixes so many. */
export const subnetPrefix = (vpcPrefix: number): number => vpcPrefix + ZONE_BITS;

/** Addresses that network interfaces can have in a subnet. */
export const usableAddresses = (prefix: number): number => 2 ** (32 - prefix) - RESERVED;
