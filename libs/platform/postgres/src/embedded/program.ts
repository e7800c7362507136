import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { reasonOf } from '../errors.ts';

/** Runs a program of PostgreSQL to its end. Rejects where it fails. */
export const run = promisify(execFile);

/** What a program that failed said, or why it could not be run. */
export const outputOf = (error: unknown) => (error as { stderr?: string }).stderr || reasonOf(error);

export const lastLines = (text: string) => text.trim().split('\n').slice(-3).join(' | ');
