import { randomBytes } from 'node:crypto';

/** 16 characters of base64url: 96 random bits. */
export const newId = (): string => randomBytes(12).toString('base64url');
