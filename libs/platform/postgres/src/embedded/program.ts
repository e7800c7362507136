import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { reasonOf } from '../errors.ts';

/** Runs a PostgreSQL program to its end. Rejects if it fails. */
export const run = promisify(execFile);

/** The error output of a failed program, or the reason why it could not run. */
export const outputOf = (error: unknown) => (error as { stderr?: string }).stderr || reasonOf(error);

export const lastLines = (text: string) => text.trim().split('\n').slice(-3).join(' | ');
