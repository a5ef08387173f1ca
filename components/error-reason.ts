/** What an error says, for a problem's text: those of AWS begin with their code. */
export function errorReason(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    return error.constructor === Error ? error.message : `${error.name}: ${error.message}`;
}
