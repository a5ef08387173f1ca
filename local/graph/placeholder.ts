/** Whether a text holds what stands for a value that only the deployment opens: see plain-value.ts and stack-file.ts. */
export const isPlaceholder = (text: string): boolean => /\[(secret|encrypted)\]/.test(text);
