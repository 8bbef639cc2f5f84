import { randomBytes } from 'node:crypto';

/** 16 characters of base64url: 96 random bits. */
export const newId = (): string => randomBytes(12).toString('base64url');

/** Whether a text may have been made by `newId`. */
export const isId = (text: string): boolean => /^[A-Za-z0-9_-]{16}$/.test(text);
