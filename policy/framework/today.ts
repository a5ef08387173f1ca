/** The day, by UTC, such as 2027-03-31: what exemptions are held against. */
export const today = (): string => new Date().toISOString().slice(0, 10);
