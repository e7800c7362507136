import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Role } from './access.ts';
import { apiKeyTable } from './access-table.ts';

const rememberMs = 30_000;

/** SHA-256 is enough: keys are random, so there is nothing to guess. */
export const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** API keys and the roles they carry. Answers are remembered for 30 s. */
@Injectable()
export class ApiKeys {
  private readonly remembered = new Map<string, { role: Role | undefined; until: number }>();

  constructor(private readonly dataSource: DataSource) {}

  async roleOf(key: string): Promise<Role | undefined> {
    const hash = hashOf(key);
    const known = this.remembered.get(hash.toString('hex'));
    if (known && known.until > Date.now()) return known.role;
    const found = await this.dataSource.getRepository(apiKeyTable).findOne({ where: { hash } });
    if (this.remembered.size > 1_000) this.remembered.clear();
    this.remembered.set(hash.toString('hex'), { role: found?.role, until: Date.now() + rememberMs });
    return found?.role;
  }

  /** Makes sure that the key exists with this role. */
  async keep(key: string, name: string, role: Role): Promise<void> {
    await this.dataSource.getRepository(apiKeyTable).upsert({ name, role, hash: hashOf(key) }, ['hash']);
    this.remembered.clear();
  }
}
