/** Bedrock refuses blank texts wherever it takes a text. */
export const isBlank = (text: string): boolean => text.trim() === '';
